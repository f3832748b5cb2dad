"""Every act of the screen has its command, with a look that changes nothing and an answer for scripts; one domain for both."""

import argparse
import hashlib
import inspect
from pathlib import Path
from typing import get_args

import pytest
from commands import Home

from inbox.desk import Act
from tui.cli._table import COMMANDS as COMMAND_LINE
from tui.cli._table import module_of
from tui.keymap import COMMANDS as KEYS

C, HIDDEN, ANSWERED, AWAY = "{comment}", "{hidden}", "{answered}", "{away}"
TENSE = "{tense}"
SENDING, NOTICE, THREAD, WAITING = "{sending}", "{notice}", "{thread}", "{waiting}"
TABLE: dict[str, tuple[str, ...]] = {
    "reply": ("reply", C, "Bonjour !"),
    "reply-blank": ("reply", C, "Bonjour !"),
    "notice": ("pin", C, "Restons courtois."),
    "thread": ("thread", C, "--title", "Parlons-en", "--opening", "Ici.", "--comment", "Par ici : $link"),
    "appeal": ("appeal", C, "Restons courtois."),
    "done": ("done", C),
    "reopen": ("done", ANSWERED, "--reopen"),
    "claim": ("claim", C),
    "hide": ("hide", C, "--reason", "insult"),
    "unhide": ("hide", HIDDEN, "--show", "--reason", "mistake"),
    "remove": ("delete", C, "--reason", "insult"),
    "spam": ("spam", C, "--reason", "spam"),
    "capture": ("capture", C, "--reason", "threat"),
    "suspect": ("suspect", C, "--reason", "threat"),
    "dossier": ("dossier", C),
    "block": ("block", C, "--reason", "threat", "--until", "+7d"),
    "unblock": ("block", AWAY, "--lift"),
    "escalate": ("escalate", C, "--to", "the curator"),
    "snooze": ("snooze", C, "--until", "+2h"),
    "note": ("note", C, "vu"),
    "calmer": ("correct", TENSE, "--calmer"),
    "riskier": ("correct", C, "--riskier"),
    "undo": ("undo",),
    "hold": ("hold",),
    "send": ("reply", C, "Bonjour !"),
    "retry": ("outbox", "--retry", SENDING),
    "retry-all": ("outbox", "--retry-all", SENDING),
    "by-hand": ("outbox", "--by-hand", SENDING),
    "drop": ("outbox", "--drop", SENDING),
    "send-now": ("outbox", "--now", SENDING),
    "edit-sent": ("amend", ANSWERED, "Bonsoir !"),
    "delete-sent": ("retract", ANSWERED),
    "outbox-undo": ("undo",),
    "outbox-hold": ("hold", "--release"),
    "approve": ("approve", WAITING, "--by", "Claire"),
    "approve-instead": ("approve", WAITING, "--by", "Claire", "--instead"),
    "approved-elsewhere": ("approve", WAITING, "--by", "Claire", "--how", "mail"),
    "alone": ("approve", WAITING, "--alone", "nobody answers"),
    "send-back": ("send-back", WAITING),
    "approvals-undo": ("undo",),
    "play": ("play",),
    "crisis-tick": ("crisis", "--tick", "watch"),
    "crisis-begin": ("crisis", "--begin"),
    "crisis-end": ("crisis", "--end"),
    "crisis-yes": ("crisis", "--begin", "--hours", "6"),
    "house-end": ("unpin", NOTICE),
    "house-reopen": ("close-thread", THREAD),
    "house-undo": ("undo",),
}
"""Each act of the keymap as a command line; `play` is looked at in test_play.py, where a situation holds."""
BUILT_IN = {
    "AddNote": "note",
    "Block": "block",
    "Capture": "capture",
    "Claim": "claim",
    "CloseThread": "close-thread",
    "Correct": "correct",
    "DeleteOwn": "retract",
    "EditOwn": "amend",
    "Hide": "hide",
    "OpenThread": "thread",
    "PinNotice": "pin",
    "Play": "play",
    "Remove": "delete",
    "Reply": "reply",
    "SetState": "done",
    "Spam": "spam",
    "Suspect": "suspect",
    "Unpin": "unpin",
}
"""The command that hands each act of the domain to the desk."""


def options(command: str) -> set[str]:
    """Return the options of a command."""
    parser = argparse.ArgumentParser(add_help=False)
    module_of(command).arguments(parser)
    return {option for action in parser._actions for option in action.option_strings}


def test_every_act_of_the_keymap_has_its_command() -> None:
    assert {key.name for key in KEYS if key.acts} == set(TABLE)


def test_every_act_of_the_domain_has_its_command() -> None:
    acts = {each.__name__ for each in get_args(Act)}
    assert acts == set(BUILT_IN)


@pytest.mark.parametrize(("act", "command"), sorted(BUILT_IN.items()))
def test_a_command_hands_the_domain_s_own_act_to_the_desk(act: str, command: str) -> None:
    source = inspect.getsource(module_of(command))
    assert f"{act}(" in source or f"{act}Option" in source
    assert "_acts.perform(" in source or "_acts.moderate(" in source


@pytest.mark.parametrize("command", sorted({line[0] for line in TABLE.values()}))
def test_each_of_them_can_be_looked_at_and_read_by_scripts(command: str) -> None:
    assert command in COMMAND_LINE
    assert {"--dry-run", "--json"} <= options(command)


# -- a look changes nothing --------------------------------------------------------------------------

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 12
speed = 0.0
latency = 0.0
state = "{state}"
[outbox]
countdown = 0.1
batch_countdown = 0.1
[four_eyes]
alone = "reason"
"""


class Prepared:
    """A home in which every act of the table would do something."""

    def __init__(self, home: Home) -> None:
        """Let something be hidden, answered, pinned, opened, kept away, waiting, and put off."""
        self.home = home
        config = CONFIG.replace("{state}", str(home.path / "platform.json"))
        home.configure(config)
        self.good("watch", "--once")
        keys = [row["key"] for row in home.run("list", "--json").objects]
        self.names = dict(zip((C, HIDDEN, ANSWERED, AWAY, "later"), keys, strict=False))
        self.names[TENSE] = home.run("list", "risk>=tense", "--json", "--limit", "1").objects[0]["key"]
        self.good("hide", self.names[HIDDEN], "--reason", "insult", "--yes")
        self.good("reply", self.names[ANSWERED], "Bonjour !", "--yes")
        self.good("block", self.names[AWAY], "--reason", "threat", "--until", "+7d", "--yes")
        self.good("pin", self.names[C], "Restons courtois.", "--yes")
        opening = ("--title", "Parlons-en", "--opening", "Ici.", "--comment", "Par ici : $link")
        self.good("thread", self.names[C], *opening, "--yes")
        self.good("crisis", "--begin", "--yes")
        self.names[WAITING] = self.good("reply", self.names["later"], "Midi.", "--json")[0]["submitted"]
        self.good("hold", "--release")
        home.configure(config.replace("countdown = 0.1", "countdown = 3000.0"))
        self.good("hide", self.names["later"], "--reason", "insult", "--yes", "--no-wait")
        self.names[SENDING] = home.run("outbox", "--json").objects[-1]["id"]
        self.names[NOTICE] = home.run("notices", "--json").objects[0]["id"]
        self.names[THREAD] = home.run("threads", "--json").objects[0]["id"]

    def good(self, *words: str) -> list[dict[str, str]]:
        """Run a command that must do what it says."""
        answer = self.home.run(*words)
        assert answer.code == 0, (words, answer.err)
        return answer.objects if "--json" in words else []

    def fingerprint(self) -> dict[str, str]:
        """Return what every file of the home holds, the pretended platform's memory included."""
        files = sorted(path for path in self.home.path.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(Home(Path(tmp_path_factory.mktemp("acts"))))


@pytest.mark.parametrize("act", sorted(set(TABLE) - {"play"}))
def test_a_look_sends_nothing_and_writes_nothing(prepared: Prepared, act: str) -> None:
    words = [prepared.names.get(word, word) for word in TABLE[act]]
    before = prepared.fingerprint()
    answer = prepared.home.run(*words, "--dry-run", "--json", "--no-input")
    assert answer.code == 0, answer.err
    (told,) = answer.objects
    assert (told["v"], told["dry_run"]) == (1, True)
    assert prepared.fingerprint() == before
