"""The table of commands: their names, what each does in a line, and which module does it."""

from difflib import get_close_matches
from importlib import import_module
from types import ModuleType

DESK = "desk"
"""What `becalm` alone means; not a word to type."""


def N_(message: str) -> str:  # noqa: N802 - gettext's customary mark for text that is translated later
    """Mark a message for the catalogues."""
    return message


COMMANDS = {
    "demo": N_("play the rehearsal storm: no account, nothing real"),
    "status": N_("is anything burning? one line, at once"),
    "barometer": N_("how each exhibition is doing, hour by hour"),
    "replay": N_("what happened, once more, at speed"),
    "report": N_("a storm looked back on: timeline, response times, what then"),
    "debrief": N_("how a rehearsal went: seen when, answered how"),
    "list": N_("the inbox as lines"),
    "show": N_("one comment with its reasons and its thread"),
    "watch": N_("run the engine without a screen"),
    "on-watch": N_("who is on watch: alerts go to them; hand over with a note"),
    "reply": N_("answer a comment, through the outbox"),
    "appeal": N_("appeal for calm in a comment's thread"),
    "amend": N_("let our own answer read otherwise, where the platform can"),
    "retract": N_("delete our own answer, where the platform can"),
    "pin": N_("publish a calming notice and pin it where the platform can"),
    "unpin": N_("take a calming notice down before its time"),
    "notices": N_("the house's notices: where they stand, until when"),
    "thread": N_("open a dedicated discussion thread"),
    "close-thread": N_("close a dedicated thread, or open it again"),
    "threads": N_("the house's dedicated threads, and who waits there"),
    "play": N_("answer a situation: everything that fits it, as one act"),
    "crisis": N_("the switch for the worst hours: everything held, jokes off"),
    "outbox": N_("what is leaving, left or failed; retried, resolved or dropped"),
    "hold": N_("nothing leaves the house until it is released"),
    "approvals": N_("what waits for a second person's word"),
    "approve": N_("give your word for a colleague's act, or note one given elsewhere"),
    "send-back": N_("send back what waits for your word; withdraw your own"),
    "charter": N_("the reasons for which the house hides and blocks; check one's own"),
    "hide": N_("hide comments from the public, with a reason"),
    "delete": N_("delete visitors' comments on their platform, with a reason"),
    "spam": N_("mark visitors' comments as spam, with a reason"),
    "suspect": N_("say that comments may be unlawful, or not after all, with a reason"),
    "block": N_("keep a comment's author away until a time, or let them back in"),
    "dossier": N_("a comment's particulars for the platform or the police, to copy out"),
    "capture": N_("keep comments as evidence, sealed into a chain"),
    "done": N_("close comments, or reopen them"),
    "snooze": N_("put comments off until a time"),
    "escalate": N_("hand a comment over to somebody"),
    "note": N_("leave a note beside a comment, for colleagues"),
    "correct": N_("say that comments are riskier or calmer than shown"),
    "undo": N_("take back what you decided last and what has not left"),
    "claim": N_("put your hand on comments, or take it away"),
    "learn": N_("review the levels you corrected, and let the desk learn from them"),
    "score": N_("judge texts: JSONL in, JSONL out"),
    "look": N_("a public thread without an account: scored, folded, its situation called"),
    "situations": N_("lone troll, feud or flood? JSONL in, one answer a post"),
    "templates": N_("the replies: list, search, check, suggest or write one"),
    "import": N_("take comments in from a file"),
    "export": N_("write every comment out"),
    "backup": N_("copy the desk and its configuration, while it runs"),
    "erase": N_("forget a person for good"),
    "retention": N_("how long comments are kept: what would go, when, and what went"),
    "connect": N_("set up an account"),
    "accounts": N_("what is connected, and whether it answers"),
    "connectors": N_("what each platform can and cannot do, and why"),
    "parse": N_("read a raw answer of a platform, for debugging"),
    "doctor": N_("is everything sound?"),
    "salvage": N_("copy what can be read of a damaged desk"),
}
"""Every command, in the order of the help."""


def module_of(command: str) -> ModuleType:
    """Import one command and nothing of the others."""
    return import_module(f"tui.cli.{'import_' if command == 'import' else command.replace('-', '_')}")


def near(word: str) -> str:
    """Return the command that a mistyped word probably means, or ""."""
    close = get_close_matches(word, COMMANDS, 1, 0.6)
    return close[0] if close else ""
