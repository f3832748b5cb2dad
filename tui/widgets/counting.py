"""Counting: an act on many comments at once says what it is about to do, and why their number is asked for."""

from tui.i18n import N_, _
from tui.widgets.paint import row_safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import COUNTED_ABOVE, comments

_ASKED = {
    "block": N_("Keep the authors of {what} away? Their number: "),
    "hide": N_("Hide {what}? Their number: "),
    "show": N_("Show {what} again? Their number: "),
    "remove": N_("Delete {what}? Their number: "),
    "spam": N_("Mark {what} as spam? Their number: "),
}


_UNSHIFTED = str.maketrans("&é\"'(-è_çà§!", "123456789068")


def digits(typed: str) -> str:
    """Read the digits' own keys without Shift, as French and Belgian keyboards have them: "(é" is 52."""
    return typed.translate(_UNSHIFTED)


class NumberPrompt(Prompt):
    """One line in which a number is typed."""

    def insert(self, text: str) -> None:
        """Put digits at the caret, with Shift or without."""
        super().insert(digits(text))


def number_prompt(act: str, many: int, reason: str) -> Prompt:
    """Ask for the number of comments that an act on a platform reaches.

    Args:
        act: "block", "hide", "show", "remove" or "spam".
        many: how many it reaches.
        reason: for which reason of the charter.
    """
    why = _("why: {reason} · their number, above {most} at once")
    about = why.format(reason=row_safe(reason), most=COUNTED_ABOVE)
    return NumberPrompt(_(_ASKED[act]).format(what=comments(many)), about=about)
