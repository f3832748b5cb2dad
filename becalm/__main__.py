"""`python -m becalm`: the command line, where no `becalm` is on the path."""

import sys

from tui.cli import main

sys.exit(main())
