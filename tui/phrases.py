"""Phrases: English sentences of the desk, the engine and the connectors, translated where the screen shows them."""

import re
from functools import cache

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
    # inbox/local.py, inbox/opening.py, inbox/ledger.py, inbox/journal.py
    N_("only a doubtful or refused sending needs a decision"),
    N_("held by {who}: here it can only be read"),
    N_("opened read-only"),
    N_("this desk is held elsewhere: here it can only be read"),
    N_("the disk of {where} is full: new comments wait, what people decide is still kept"),
    N_("the disk of {where} did not confirm a write: {why}"),
    N_("becalm stops writing here; check the disk, then start again"),
    # inbox/dispatch.py
    N_("what it should link to was never published"),
    N_("the engine stopped while this was being sent"),
    N_("not found among our own publications"),
    N_("look at the platform, then retry it or mark it as sent"),
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
    N_("connect it again and retry, or drop it"),
    N_("put off until when?"),
    N_("the connector failed: {why}"),
    N_("see the log"),
    N_("the engine changed hands just now"),
    N_("look whether it was done before you repeat it"),
    N_("this cannot be kept as it is"),
    N_("the engine stopped: see the log, and start again"),
    # inbox/query.py
    N_("“{word}”: only risk and age can be compared"),
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
    N_("look at it first: danger comes before any play"),
    N_("leave the pin out"),
    N_("one joke was told already: silence now"),
    # connectors/mastodon.py
    N_("replies as the account, with the author mentioned so that they are notified"),
    N_("the server's live stream tells at once that there is something to fetch"),
    N_("the answered statuses and the answers, as far as the server knows them"),
    N_("our own text is looked for among the account's latest statuses"),
    N_("Mastodon cannot hide other people's replies; mute or report instead"),
    N_("only what this account wrote itself can be deleted"),
    N_("the author's mentions no longer reach us; everybody else still sees them"),
    N_("to the moderators of this server, who decide"),
    N_("Mastodon cannot close a conversation; open a dedicated thread instead"),
    N_("pinned to the account's profile, not inside a conversation; few fit"),
    N_("a new public status to which people are invited"),
    N_("the account published too much since to be certain; look on its profile"),
    N_("switched off in the configuration"),
    # connectors/bluesky.py and its own modules
    N_("replies as the account; whom it answers is notified without being named"),
    N_("the live stream cannot be asked for replies to one account; we ask often"),
    N_("the answered posts and the answers, but those of blocked accounts"),
    N_("a post is looked for under the key we gave it, with certainty"),
    N_("only replies under our own posts, 300 a post, one click away for readers"),
    N_("we no longer hear of the author, without an end, until it is taken back"),
    N_("to the moderation service of this account's server"),
    N_("only our own posts: no new replies, those already there stay"),
    N_("pinned to the account's profile, in place of what is pinned there"),
    N_("a new post to which people are invited; who may reply is an option"),
    N_("make an app password in Bluesky: Settings > Privacy and security > App passwords"),
    N_("pinned on the profile of @{handle}, in place of what is pinned there now, not inside the conversation"),
    N_("it took the place of {url} on the profile"),
    N_("published, but not pinned: {why}; pin it by hand"),
    N_("published, but everybody may reply: {why}; choose who may on the platform"),
    N_("muted without an end: take it back by hand"),
    N_("only our own posts"),
    N_("only replies under our own posts"),
    N_("mute or report the author instead"),
    N_("the comment is no longer there"),
    N_("its author may have deleted it"),
    N_("who opened this thread does not let this account reply"),
    N_("open it on the platform"),
    N_("{n} replies are hidden under this post already"),
    N_("lock it instead"),
    N_("somebody else keeps changing the same record; try again in a moment"),
    # connectors/wordpress.py and its own modules; what the options of connectors are
    N_("written under the comment in the account's name; the author may not be told"),
    N_("a WordPress site announces nothing; it is asked every half minute"),
    N_("the answered comments and the answers, as far as the site nests them"),
    N_("our own text is looked for under the comment, and posts by their address"),
    N_("put back on hold, where only the house sees it; showing it again approves it"),
    N_("moved to the site's bin, from where the house can restore it for 30 days"),
    N_("WordPress cannot mute visitors; add their name to its disallowed comment keys"),
    N_("the site is the house's own: nobody above it takes reports; hide or delete"),
    N_("the post takes no more comments; those that are there stay"),
    N_("a new post kept first on the site's front page, not under the comments"),
    N_("a new post with open comments, to which people are invited"),
    N_("the post takes no more comments: open it again, or answer elsewhere"),
    N_("the post is not public (any more)"),
    N_("the post is in the bin"),
    N_("shorten the text"),
    N_("give the account a role that may moderate comments (Editor)"),
    N_("give the account a role that may publish posts (Editor); the text waits there as a draft"),
    N_("give the account a role that may write posts (Editor)"),
    N_("the site keeps no bin, so it would be gone for ever; hide it instead"),
    N_("the same words stand there already, under the same name"),
    N_("the same words had been there before; nothing was added"),
    N_("published, but not kept first"),
    N_("written, but not public yet: the site put it on {status}"),
    N_("{user} may not moderate comments"),
    N_("check user name and application password; if both are right, the host drops the login before WordPress"),
    N_("no WordPress answers at {site}: {why}"),
    N_("is it a WordPress site? a plugin may have closed its REST API"),
    N_("{site} makes no application passwords"),
    N_("they need WordPress 5.6 and https, and a security plugin may have switched them off"),
    N_("the site's address"),
    N_("the account's user name"),
    N_("an application password of that account"),
    N_("the server's address"),
    N_("the account's handle"),
    # connectors/_http.py
    N_("nothing to do: becalm goes on by itself"),
    N_("connect the account again, or ask who revoked its token"),
    N_("the platform has trouble; becalm tries again"),
    N_("{host} cannot be reached: {why}"),
    N_("{host} did not answer in time"),
    N_("{host} cut the connection: {why}"),
    # connectors/rehearsal.py
    N_("rehearsal: nothing leaves this machine; {reason}"),
    N_("rehearsal: the platform does not answer (a failure on request)"),
    N_("a visitor may answer back"),
    N_("the script's clock says when"),
    N_("the whole conversation is in the script"),
    N_("what was sent is found by its client id"),
    N_("the comment is marked hidden, its author is not told"),
    N_("the comment is gone from the story"),
    N_("the author's later comments do not arrive"),
    N_("the report is written down and nobody reads it"),
    N_("the script's later comments on the post do not arrive"),
    N_("the notice stands first under its post, at most {n} at once"),
    N_("a page opens, and a few visitors of the script come"),
    N_("it reads otherwise from the next look on"),
    # what a platform can do with what we wrote ourselves
    N_("readers see that it was edited, and can read what it said before"),
    N_("posts cannot be edited on Bluesky; delete it and write another"),
    N_("the comment reads otherwise at once; the site keeps no trace of the old text"),
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
            return _(template).format(**{name: say(value) for name, value in match.groupdict().items()})
    return sentence
