"""Phrases: English sentences of the desk, the engine and the connectors, translated where the screen shows them."""

import re
from functools import cache

from tui.i18n import _, language
from tui.widgets.words import N_

SENTENCES = (
    # inbox/triage.py
    N_("nothing is selected"),
    N_("nothing to change here"),
    N_("{who} is on it"),
    N_("it is already at the end of the scale"),
    N_("an empty note says nothing"),
    N_("this source is not connected: its comments can be read, not answered"),
    N_("the text is empty"),
    N_("{words} is empty"),
    N_("fill it in before sending"),
    N_("too long: {used} of {limit} {unit}"),
    N_("shorten it"),
    N_("one reply goes to one person"),
    N_("for many people open a dedicated thread (c t)"),
    N_("the house wrote this itself"),
    N_("the platform no longer shows this comment"),
    N_("ask, or answer all the same from the warning"),
    N_("{who} has already answered this comment"),
    N_("see the outbox (O)"),
    N_("choose a plain reply, or forward it"),
    N_("hiding needs a reason from the house's charter"),
    N_("it is already hidden"),
    N_("it is not hidden"),
    N_("copy the text and pin it by hand (Y)"),
    N_("open it elsewhere and link it by hand"),
    N_("{n} invitations are too many"),
    N_("invite {n} people at most"),
    N_("{name} does not hold the link"),
    N_("the house comment"),
    N_("the invitation"),
    N_("put $link where the address belongs"),
)
"""Patterns: a {name} stands for whatever the sentence was filled with."""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for sentence in SENTENCES:
        names = re.split(r"\{(\w+)\}", sentence)
        if len(names) == 1:
            continue
        parts = [re.escape(p) if i % 2 == 0 else f"(?P<{p}>.+?)" for i, p in enumerate(names)]
        found.append((re.compile("".join(parts)), sentence))
    return found


def say(sentence: str) -> str:
    """Translate a sentence of the domain; one that is filled in is recognised by its pattern, others stay as they are."""
    translated = _(sentence)
    if translated != sentence or language() == "en":
        return translated
    for pattern, template in _patterns():
        match = pattern.fullmatch(sentence)
        if match is not None:
            return _(template).format(**{name: _(value) for name, value in match.groupdict().items()})
    return sentence
