"""Phrases: English sentences of the desk, the engine and the connectors, translated where the screen shows them."""

import re
from functools import cache

from tui.connector_phrases import SENTENCES as OF_CONNECTORS
from tui.house_phrases import SENTENCES as OF_THE_HOUSE
from tui.i18n import N_, _, language

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
    N_("characters"),
    N_("graphemes"),
    N_("bytes"),
    N_("the title is {why}"),
    N_("shorten it"),
    N_("one reply goes to one person"),
    N_("for many people open a dedicated thread (c t)"),
    N_("the house wrote this itself"),
    N_("the platform no longer shows this comment"),
    N_("ask, or answer all the same from the warning"),
    N_("{who} has already answered this comment"),
    N_("see the outbox (O)"),
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
    # inbox/local.py, inbox/opening.py, inbox/ledger.py, inbox/journal.py
    N_("what was forgotten is still in some files"),
    N_("becalm doctor tells more"),
    N_("only a doubtful or refused sending needs a decision"),
    N_("held by {who}: here it can only be read"),
    N_("opened read-only"),
    N_("this desk is held elsewhere: here it can only be read"),
    N_("the disk of {where} is full: new comments wait, what people decide is still kept"),
    N_("the disk of {where} did not confirm a write: {why}"),
    N_("becalm writes nothing until the disk is well again, and then goes on by itself"),
    # inbox/dispatch.py
    N_("what it should link to was never published"),
    N_("the engine stopped while this was being sent"),
    N_("not found among our own publications"),
    N_("look at the platform, then retry it or mark it as sent"),
    N_("not tried: the platform had just refused the account"),
    N_("nothing of this act was refused"),
    N_("all of this act has left"),
    # inbox/moderating.py
    N_("this platform lets us delete only what the account wrote itself"),
    N_("it is marked as spam already"),
    N_("on its way"),
    # inbox/wording.py
    N_("no joke here: {reason}"),
    N_("{who} has already answered this person"),
    # inbox/situations/reasons.py
    N_("{people} people posted near-identical texts within {minutes} min, against {target}"),
    N_(
        "{people} people speak against {target} within {minutes} min, {hot} of their comments heated (about {usual} people an hour are usual on this page)"
    ),
    N_(
        "{people} visitors answer each other back: {comments} messages in {minutes} min, {hot} of them tense or worse, the house is not the target"
    ),
    N_(
        "one person: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors who talk normally"
    ),
    N_(
        "one person: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors, and the same under {elsewhere} other posts before"
    ),
    N_(
        "two people: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors who talk normally"
    ),
    N_("the house"),
    N_("the artist"),
    N_("the work"),
    N_("visitors"),
    N_("nothing ran when this should have left"),
    N_("read it again, then retry or drop it"),
    N_("no source of this name is connected any more"),
    N_("say why this is kept as evidence"),
    N_("these words are captured already"),
    N_("connect it again and retry, or drop it"),
    N_("put off until when?"),
    N_("the connector failed: {why}"),
    N_("see the log"),
    N_("the engine changed hands just now"),
    N_("look whether it was done before you repeat it"),
    N_("this cannot be kept as it is"),
    N_("the engine stopped: see the log, and start again"),
    # inbox/erasure.py
    N_("nobody on this desk is called {name}"),
    N_("several people are called {name}"),
    N_("say which: {names}"),
    # inbox/query.py
    N_("“{word}”: only risk, age and reach can be compared"),
    N_("“{word}”: write reach>=50, the reactions, answers and shares of a comment"),
    N_("“{word}”: states are {names}"),
    N_("“{word}:” is unknown"),
    N_("“{word}:” is unknown (did you mean “{name}”?)"),
    N_("“{word}” is no level: calm, tense, heated, critical"),
    N_("“{word}” is no level (did you mean “{name}”?): calm, tense, heated, critical"),
    N_("“{word}”: write age<2h, age>30min or age<3d"),
    N_("“is:{word}” is unknown: {names}"),
    N_("“is:{word}” is unknown (did you mean “{name}”?): {names}"),
    # inbox/templates/headings.py
    N_("threats, doxing, weapons, calls to violence"),
    N_("self-harm"),
    N_("safety incident on site"),
    N_("hate speech or slurs in either direction"),
    N_("minors, sexual violence, allegations of abuse"),
    N_("grief, death, illness, accident, attack, war, commemoration"),
    N_("legal words"),
    N_("journalist or elected person"),
    N_("accusation of a named person"),
    N_("disability and accessibility complaints"),
    N_("strike, dismissal, staff conduct"),
    N_("refunds"),
    N_("restitution, colonial violence, human remains, religion, and the exhibition's own declared sensitive themes"),
    N_("the institution is at fault"),
    N_("crisis rung 3 and above"),
    N_("irony already misunderstood in the thread"),
    N_("author answered with a joke in the last 30 days"),
    N_("more than 20 comments an hour in the thread"),
    N_("language or score uncertain"),
    N_("after 22:00 local time"),
    N_("author seems very young"),
    # inbox/templates/template.py: registers
    N_("plain"),
    N_("sober"),
    N_("forwarded"),
    N_("appeal"),
    N_("notice"),
    N_("label"),
    N_("object"),
    N_("period"),
    N_("precision"),
    N_("conservator"),
    N_("misfiled"),
    N_("self-mockery"),
    N_("invitation"),
    N_("verse"),
    N_("rival"),
    N_("detail"),
    N_("agreement"),
    N_("guard"),
    N_("understatement"),
    N_("time"),
    # inbox/plays.py and inbox/offers.py
    N_("a comment under this post may be a danger to somebody"),
    N_("look at it first"),
    N_("leave the pin out"),
    N_("crisis mode lasts up to {n} hours"),
    N_("one joke was told already: silence now"),
    # what our plain and sober answers are about (tags in inbox/templates/data)
    N_("hours"),
    N_("last-entry"),
    N_("tickets"),
    N_("price"),
    N_("free"),
    N_("access"),
    N_("refund"),
    N_("photos"),
    N_("children"),
    N_("groups"),
    N_("lost"),
    N_("translation"),
    N_("transport"),
    N_("dates"),
    N_("bags"),
    N_("tours"),
    N_("workshops"),
    N_("contact"),
    N_("late"),
    N_("busy"),
    N_("fault"),
    N_("hate"),
    N_("legal"),
    N_("minors"),
    N_("safety"),
    N_("sensitive"),
    N_("staff"),
    N_("young"),
    # inbox/when.py
    N_("a time is written like 18:30, tomorrow 9:00, monday 10:00, +2h or 2026-12-01 9:00"),
    N_("there is no such time of day"),
    N_("there is no such day"),
    N_("this time lies behind us"),
    N_("this time is too far ahead"),
    # inbox/notices.py, inbox/threads.py, inbox/own.py
    N_("take it down when?"),
    N_("name a time after it has appeared"),
    N_("send it when?"),
    N_("name a time that lies ahead"),
    N_("this concerns {source}"),
    N_("it is pinned under a post, and this comment stands under none of this source"),
    N_("there is no such notice"),
    N_("there is no such notice to replace"),
    N_("a notice is replaced on its own source"),
    N_("this notice is not up"),
    N_("what has not left is taken back in the outbox"),
    N_("this notice came down, or is coming down"),
    N_("this notice is a comment of ours"),
    N_("delete it instead"),
    N_("there is no such thread"),
    N_("this thread is not open"),
    N_("this thread is open"),
    N_("this thread is closed, or closing"),
    N_("only on this desk: {reason}"),
    N_("this is no comment of ours"),
    N_("it is deleted already"),
    N_("it is not public"),
    N_("a change of it is on its way"),
    N_("take that back first (z)"),
    N_("delete it and answer again"),
    N_("delete it on the platform"),
    # what a platform can do with what we wrote ourselves
    N_("readers see that it was edited, and can read what it said before"),
    N_("posts cannot be edited on Bluesky; delete it and write another"),
    N_("the comment reads otherwise at once; the site keeps no trace of the old text"),
)
"""Patterns: a {name} stands for whatever the sentence was filled with."""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for sentence in (*SENTENCES, *OF_THE_HOUSE, *OF_CONNECTORS):
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
            return _(template).format(**{name: say(value) for name, value in match.groupdict().items()})
    return sentence
