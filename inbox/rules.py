"""Rules: what a house wants of its own, beyond what every desk does."""

from msgspec import Struct

from inbox.approval import FourEyes
from inbox.charter import Charter, shipped


class Rules(Struct, frozen=True, kw_only=True):
    """A house's own rules.

    Attributes:
        four_eyes: what needs a second person's word.
        charter: the reasons for which comments may be hidden and people blocked.
    """

    four_eyes: FourEyes = FourEyes()
    charter: Charter = shipped()


PLAIN = Rules()
"""What a house that says nothing gets."""
