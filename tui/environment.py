"""What Textual reads from the environment once, at its import: frames and animations, set for a calm and quick screen."""

import os

os.environ.setdefault("TEXTUAL_FPS", "500")  # the frame timer is the key latency; it stands still while nothing changes
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
os.environ.setdefault("ESCDELAY", "50")
