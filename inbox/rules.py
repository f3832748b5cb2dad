"""Rules: what a house wants of its own, beyond what every desk does."""

from msgspec import Struct

from inbox.approval import FourEyes


class Rules(Struct, frozen=True, kw_only=True):
    """A house's own rules.

    Attributes:
        four_eyes: what needs a second person's word.
    """

    four_eyes: FourEyes = FourEyes()


PLAIN = Rules()
"""What a house that says nothing gets."""
