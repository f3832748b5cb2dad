"""The send bar: what its one key would do: send after a countdown, send at a time, or submit to a second person."""

from datetime import datetime

from msgspec import Struct

from inbox.outbox import STANDARD, Countdown
from tui.i18n import _
from tui.widgets.footer import hint
from tui.widgets.paint import Line
from tui.widgets.words import day_and_time, span


class SendBar(Struct, kw_only=True):
    """How a text would leave.

    Attributes:
        countdown: how long what is decided here waits before it leaves.
        later: a time of the operator's own choosing, or None.
        submits: whether it leaves nothing but a submission, for a second person's word.
    """

    countdown: Countdown = STANDARD
    later: datetime | None = None
    submits: bool = False

    def hints(self, key: str, sendings: int, now: datetime) -> Line:
        """Ask, and say what `key` does with this many sendings."""
        if self.submits:
            said = _("submit to a second person")
            if self.later is not None:
                said = _("submit, to leave {when}").format(when=day_and_time(self.later, now))
            return [(" " + _("Submit?") + "  ", "notice"), *hint(key, said)]
        wait = self.countdown.single if sendings == 1 else self.countdown.batch
        said = _("send ({time} to take back)").format(time=span(wait))
        if self.later is not None:
            said = _("send {when}").format(when=day_and_time(self.later, now))
        return [(" " + _("Send?") + "  ", "notice"), *hint(key, said)]
