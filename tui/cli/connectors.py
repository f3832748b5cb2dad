"""`becalm connectors`: what each installed platform can and cannot do, and why."""

import argparse
import shutil
import sys
import textwrap
from typing import Any

from tui.cli._lines import emit
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

EXAMPLES = (
    ("becalm connectors", N_("for people")),
    ("becalm connectors --json", N_("for scripts: one object a platform")),
)
_SYMBOLS = {"yes": "✓", "partly": "~", "no": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help=_("one JSON object a platform, versioned"))


def run(args: argparse.Namespace) -> int:
    """List them; a broken one is a warning, never the end."""
    from connectors._registry import BrokenConnectorError, load, names

    for name in names():
        try:
            facts = describe(name, load(name))
        except BrokenConnectorError as error:
            print(f"becalm: {error.message} ({error.hint})", file=sys.stderr)
            continue
        if args.json:
            emit(facts)
        else:
            _show(facts)
    return 0


def describe(name: str, connector: Any) -> dict[str, Any]:
    """Put a connector's declared facts into plain values."""
    from connectors._model import Capability

    support = connector.capabilities
    facts: dict[str, Any] = {"v": 1, "name": name, "label": connector.traits.label, "code": connector.traits.code}
    facts["capabilities"] = {
        str(capability): {"can": support[capability].can, "reason": support[capability].reason}
        if capability in support
        else {"can": "no", "reason": "not offered by this connector"}
        for capability in Capability
    }
    facts["pin_scope"] = connector.traits.pin_scope
    facts["idempotency"] = str(connector.traits.idempotency)
    return facts


def _show(facts: dict[str, Any]) -> None:
    print(f"{facts['name']} ({facts['code']}) · {facts['label']}")
    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 0
    for capability, support in facts["capabilities"].items():
        line = f"  {_SYMBOLS[support['can']]} {capability:<12} {say(support['reason'])}"
        print(textwrap.fill(line, max(40, width), subsequent_indent=" " * 17) if width else line)
    print()
