"""Keymap: one table of commands and keys that feeds dispatch, footer, help, the command line and docs/keys.md."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct, structs

from tui.i18n import N_, _


class KeymapError(Exception):
    """The keys cannot be bound as asked; the message names the keys, the commands and the file."""


class Command(Struct, frozen=True):
    """One thing a key may do.

    Attributes:
        name: its stable name, also typed after `:`.
        keys: its keys, first the one shown; a sequence is written with a space ("c p").
        help: what it does, an English message.
        category: the group it is listed under.
        place: where it works: "desk" (list and detail) or a screen's own place.
        acts: whether it changes something (motions and looks do not).
        observer: whether an observer may use it.
        short: the same in one word, for a phone's footer, or "".
    """

    name: str
    keys: tuple[str, ...]
    help: str
    category: str
    place: str = "desk"
    acts: bool = False
    short: str = ""

    @property
    def observer(self) -> bool:
        """Whether an observer may use it."""
        return not self.acts


MOVE, SELECT, ANSWER, TRIAGE, LOOK, DESK = (
    N_("Moving"),
    N_("Selecting"),
    N_("Answering"),
    N_("Deciding"),
    N_("Looking"),
    N_("The desk"),
)
CATEGORIES = (MOVE, SELECT, ANSWER, TRIAGE, LOOK, DESK)


def _c(
    name: str, keys: str, help_: str, category: str, place: str = "desk", *, acts: bool = False, short: str = ""
) -> Command:
    bound = tuple(k if k == "+" else k.replace("+", " ") for k in keys.split())
    return Command(name, bound, help_, category, place, acts, short)


# "+" joins the strokes of a sequence, alone it is the key; a space separates alternatives.
COMMANDS: tuple[Command, ...] = (
    _c("down", "j down", N_("next comment"), MOVE),
    _c("up", "k up", N_("previous comment"), MOVE),
    _c("page-down", "pagedown ctrl-f", N_("a page down"), MOVE),
    _c("page-up", "pageup", N_("a page up"), MOVE),
    _c("half-down", "ctrl-d", N_("half a page down"), MOVE),
    _c("half-up", "ctrl-u", N_("half a page up"), MOVE),
    _c("top", "g home", N_("to the top; there the list follows arrivals"), MOVE),
    _c("bottom", "G end", N_("to the end"), MOVE),
    _c("next-open", "n", N_("next comment nobody dealt with"), MOVE),
    _c("previous-open", "N", N_("previous comment nobody dealt with"), MOVE),
    _c("open", "enter", N_("open the comment"), MOVE),
    _c("unfold", "right", N_("unfold a wave; elsewhere open the comment"), MOVE),
    _c("fold", "left", N_("fold a wave; elsewhere back one level"), MOVE),
    _c("pane", "tab", N_("other pane"), MOVE),
    _c("back", "escape", N_("back one level"), MOVE),
    _c("select", "x space", N_("select, or no longer"), SELECT),
    _c("range", "v", N_("select a range: v, move, v"), SELECT),
    _c("wave", "*", N_("select the whole wave of copies"), SELECT),
    _c("peel", "P", N_("let this copy stand on its own, apart from its wave"), SELECT),
    _c("filter", "/", N_("filter, live"), SELECT),
    _c("reply", "r", N_("reply: suggestions, preview, edit"), ANSWER, acts=True),
    _c("reply-blank", "R", N_("blank reply"), ANSWER, acts=True),
    _c("notice", "c+p", N_("pin a calming notice"), ANSWER, acts=True, short=N_("a notice")),
    _c("thread", "c+t", N_("open a dedicated thread"), ANSWER, acts=True, short=N_("a thread")),
    _c("appeal", "c+a", N_("appeal for calm"), ANSWER, acts=True, short=N_("an appeal")),
    _c("crisis", "c+x", N_("crisis mode: switch, end, checklist"), ANSWER, short=N_("crisis")),
    _c("done", "e", N_("done, then on to the next"), TRIAGE, acts=True),
    _c("reopen", "E", N_("reopen"), TRIAGE, acts=True),
    _c("claim", "a", N_("put your hand on it, or take it away"), TRIAGE, acts=True),
    _c("hide", "m+h", N_("hide, with a reason"), TRIAGE, acts=True, short=N_("to hide")),
    _c("unhide", "m+u", N_("show again, approve"), TRIAGE, acts=True, short=N_("to show")),
    _c("remove", "m+d", N_("delete it there"), TRIAGE, acts=True, short=N_("to delete")),
    _c("spam", "m+s", N_("mark as spam"), TRIAGE, acts=True, short=N_("as spam")),
    _c("capture", "m+c", N_("keep as evidence"), TRIAGE, acts=True, short=N_("evidence")),
    _c("suspect", "m+i", N_("suspect"), TRIAGE, acts=True, short=N_("to suspect")),
    _c("dossier", "m+r", N_("report"), TRIAGE, acts=True, short=N_("to report")),
    _c("block", "", N_("keep its author away until a time, with a reason (no key: only here)"), TRIAGE, acts=True),
    _c("unblock", "", N_("let its author back in (no key: only here)"), TRIAGE, acts=True),
    _c("escalate", "f", N_("hand over to someone, with a note"), TRIAGE, acts=True),
    _c("snooze", "w", N_("wait: comes back in an hour"), TRIAGE, acts=True),
    _c("note", "b", N_("leave a note for colleagues"), TRIAGE, acts=True),
    _c("calmer", "<", N_("calmer than shown"), TRIAGE, acts=True),
    _c("riskier", ">", N_("riskier than shown"), TRIAGE, acts=True),
    _c("undo", "z u", N_("take back: a pending sending first, else the last act"), TRIAGE, acts=True),
    _c("reveal", "V", N_("show or mask dangerous words"), LOOK),
    _c("context", "t", N_("the thread around it"), LOOK),
    _c("author", "i", N_("this author on our pages"), LOOK),
    _c("address", "o", N_("open in the browser, over SSH show the address"), LOOK),
    _c("copy-link", "y", N_("copy the address"), LOOK),
    _c("copy-text", "Y", N_("copy the text"), LOOK),
    _c("situations", "s", N_("situations: posts that are not quiet, and the play of each"), LOOK),
    _c("questions", "Q", N_("visitors' questions, the one that waits longest first"), LOOK),
    _c("sort", "S", N_("other order: newest, oldest, riskiest"), LOOK),
    _c("density", "D", N_("one or two lines a comment"), LOOK),
    _c("merge", "p", N_("bring the new arrivals in"), LOOK),
    _c("hold", "H", N_("hold everything back, or release it"), DESK, acts=True),
    _c("approvals", "A", N_("what waits for a second person's word"), DESK),
    _c("outbox", "O", N_("what is leaving, left, or failed"), DESK),
    _c("notices", "c+n", N_("the house's notices: where they stand, until when"), LOOK, short=N_("notices")),
    _c("threads", "c+l", N_("the house's dedicated threads: who waits there"), LOOK, short=N_("threads")),
    _c("command", ":", N_("command line: every command by its name"), DESK),
    _c("help", "?", N_("these keys"), DESK),
    _c("cancel", "ctrl-c", N_("cancel"), DESK),
    _c("redraw", "ctrl-l", N_("draw everything again"), DESK),
    _c("quit", "q", N_("back one level; leave the desk from the inbox"), DESK),
    # -- the reply screen
    _c("reply-down", "j down", N_("next suggestion"), MOVE, "reply"),
    _c("reply-up", "k up", N_("previous suggestion"), MOVE, "reply"),
    _c("reply-page-down", "pagedown", N_("further down"), MOVE, "reply"),
    _c("reply-page-up", "pageup", N_("further up"), MOVE, "reply"),
    _c("edit", "enter e", N_("edit the text"), ANSWER, "reply"),
    _c("send-bar", "tab", N_("to the send bar"), ANSWER, "reply"),
    _c("language", "L", N_("the other language"), ANSWER, "reply"),
    _c("despite", "J", N_("jokes that are refused here, for a second person to decide"), ANSWER, "reply"),
    _c("search", "/", N_("search the texts: label, subject, words"), ANSWER, "reply"),
    _c("outside", "E", N_("in your own editor ($VISUAL, $EDITOR)"), ANSWER, "reply"),
    _c("reply-back", "escape q left", N_("back, the draft is kept"), DESK, "reply"),
    # -- an editor and its send bar
    _c("leave-editor", "tab", N_("from the text to the send bar"), ANSWER, "editor"),
    _c("editor-back", "escape", N_("back to the suggestions, the draft is kept"), DESK, "editor"),
    _c("editor-outside", "ctrl-x", N_("in your own editor ($VISUAL, $EDITOR)"), ANSWER, "editor"),
    _c("next-field", "down", N_("next text"), MOVE, "bar"),
    _c("to-editor", "tab enter up", N_("back to the text"), ANSWER, "bar"),
    _c("send", "o y", N_("send"), ANSWER, "bar", acts=True),
    _c("later", "l", N_("send it later, at a time"), ANSWER, "bar"),
    _c("where", "w", N_("notices and threads: on which accounts"), ANSWER, "bar"),
    _c("until", "u", N_("notices: when it comes down by itself"), ANSWER, "bar"),
    _c("replace-notice", "r", N_("notices: in place of one that stands"), ANSWER, "bar"),
    _c("invite", "i", N_("threads: invite who asked something, or nobody"), ANSWER, "bar"),
    _c("bar-back", "escape n q", N_("back, the draft is kept"), DESK, "bar"),
    # -- a question
    _c("yes", "o y", N_("yes"), DESK, "question"),
    _c("no", "n escape q", N_("no"), DESK, "question"),
    # -- the outbox
    _c("outbox-down", "j down", N_("next sending"), MOVE, "outbox"),
    _c("outbox-up", "k up", N_("previous sending"), MOVE, "outbox"),
    _c("retry", "r", N_("send again"), TRIAGE, "outbox", acts=True),
    _c("retry-all", "R", N_("send again all that its act was refused"), TRIAGE, "outbox", acts=True),
    _c("by-hand", "d", N_("it was done by hand"), TRIAGE, "outbox", acts=True),
    _c("outbox-copy-link", "y", N_("copy the address"), LOOK, "outbox"),
    _c("outbox-copy-text", "Y", N_("copy our text"), LOOK, "outbox"),
    _c("drop", "x", N_("drop it"), TRIAGE, "outbox", acts=True),
    _c("send-now", "n", N_("what was put off: send it now"), TRIAGE, "outbox", acts=True),
    _c("edit-sent", "e", N_("edit our own comment, where the platform can"), TRIAGE, "outbox", acts=True),
    _c("delete-sent", "X", N_("delete our own comment, where the platform can"), TRIAGE, "outbox", acts=True),
    _c("outbox-undo", "z u", N_("take the last act back"), TRIAGE, "outbox", acts=True),
    _c("outbox-hold", "H", N_("hold everything back, or release it"), DESK, "outbox", acts=True),
    _c("outbox-back", "escape q left O", N_("back"), DESK, "outbox"),
    # -- what waits for a second person's word
    _c("approvals-down", "j down", N_("next one"), MOVE, "approvals"),
    _c("approvals-up", "k up", N_("previous one"), MOVE, "approvals"),
    _c("approvals-page-down", "pagedown ctrl-d", N_("further down in the text"), MOVE, "approvals"),
    _c("approvals-page-up", "pageup ctrl-u", N_("further up in the text"), MOVE, "approvals"),
    _c("approve", "o y", N_("approve a colleague's: it leaves after its countdown"), ANSWER, "approvals", acts=True),
    _c("approve-instead", "i", N_("approve this one; the other answer goes back"), ANSWER, "approvals", acts=True),
    _c(
        "approved-elsewhere",
        "p",
        N_("note who said yes by phone, by mail or in person"),
        ANSWER,
        "approvals",
        acts=True,
    ),
    _c(
        "alone",
        "s",
        N_("alone on duty: go ahead with a reason, where the house allows it"),
        ANSWER,
        "approvals",
        acts=True,
    ),
    _c("send-back", "x", N_("send it back with a word; one's own is withdrawn"), ANSWER, "approvals", acts=True),
    _c("copy-letter", "Y", N_("copy it, to be approved by mail"), LOOK, "approvals"),
    _c("open-submitted", "enter right", N_("its comment, in the inbox"), LOOK, "approvals"),
    _c("approvals-undo", "z u", N_("take the last act back"), ANSWER, "approvals", acts=True),
    _c("approvals-back", "escape q left A", N_("back"), DESK, "approvals"),
    # -- situations, and the play of one
    _c("situation-down", "j down", N_("next situation"), MOVE, "situations"),
    _c("situation-up", "k up", N_("previous situation"), MOVE, "situations"),
    _c("open-situation", "enter right", N_("its play: preview, number, confirmation"), ANSWER, "situations"),
    _c("show-post", "t", N_("its comments in the inbox"), LOOK, "situations"),
    _c("situations-back", "escape q left s", N_("back"), DESK, "situations"),
    _c("play-down", "j down", N_("next answer"), MOVE, "play"),
    _c("play-up", "k up", N_("previous answer"), MOVE, "play"),
    _c("play-page-down", "pagedown ctrl-d", N_("further down in the preview"), MOVE, "play"),
    _c("play-page-up", "pageup ctrl-u", N_("further up in the preview"), MOVE, "play"),
    _c("play", "o y", N_("do it, once its number is typed"), ANSWER, "play", acts=True),
    _c("play-edit", "e enter", N_("edit the texts"), ANSWER, "play"),
    _c("play-pin", "p", N_("pin the house comment, or not"), ANSWER, "play"),
    _c("play-follow", "f", N_("copies that come later follow, or not"), ANSWER, "play"),
    _c("play-language", "L", N_("the other language"), ANSWER, "play"),
    _c("show-dangers", "d", N_("the suspected dangers under this post"), LOOK, "play"),
    _c("play-back", "escape q n left", N_("back, nothing is done"), DESK, "play"),
    # -- crisis mode
    _c("crisis-down", "j down", N_("next step"), MOVE, "crisis"),
    _c("crisis-up", "k up", N_("previous step"), MOVE, "crisis"),
    _c("crisis-tick", "space x", N_("done by hand, or not after all"), TRIAGE, "crisis", acts=True),
    _c("crisis-begin", "c", N_("switch it on, or prolong it"), TRIAGE, "crisis", acts=True),
    _c("crisis-end", "e", N_("end it"), TRIAGE, "crisis", acts=True),
    _c("crisis-longer", "+", N_("an hour more"), TRIAGE, "crisis"),
    _c("crisis-shorter", "-", N_("an hour less"), TRIAGE, "crisis"),
    _c("crisis-yes", "o y", N_("yes"), DESK, "crisis", acts=True),
    _c("crisis-back", "escape q n left", N_("no, or back"), DESK, "crisis"),
    # -- the house's notices and threads
    _c("house-down", "j down", N_("next line"), MOVE, "house"),
    _c("house-up", "k up", N_("previous line"), MOVE, "house"),
    _c("house-open", "enter right", N_("a thread's comments, in the inbox"), LOOK, "house"),
    _c("house-end", "x", N_("take the notice down, close the thread"), ANSWER, "house", acts=True),
    _c("house-reopen", "r", N_("open a closed thread again"), ANSWER, "house", acts=True),
    _c("house-undo", "z u", N_("take the last act back"), ANSWER, "house", acts=True),
    _c("house-back", "escape q left", N_("back"), DESK, "house"),
    # -- lists to choose from: thread, author, reasons
    _c("choice-down", "j down", N_("next line"), MOVE, "choice"),
    _c("choice-up", "k up", N_("previous line"), MOVE, "choice"),
    _c("choose", "enter right", N_("take this one"), DESK, "choice"),
    _c("choice-back", "escape q left", N_("back"), DESK, "choice"),
    # -- texts to read: help
    _c("read-down", "j down", N_("a line down"), MOVE, "reader"),
    _c("read-up", "k up", N_("a line up"), MOVE, "reader"),
    _c("read-page-down", "pagedown space ctrl-d", N_("a page down"), MOVE, "reader"),
    _c("read-page-up", "pageup ctrl-u", N_("a page up"), MOVE, "reader"),
    _c("read-back", "escape q ? enter left", N_("back"), DESK, "reader"),
)
EVERYWHERE = ("cancel", "redraw", "help")
PLACES = tuple(dict.fromkeys(command.place for command in COMMANDS))
PLACE_TITLES = {
    "desk": N_("Inbox"),
    "reply": N_("Reply: choosing a text"),
    "editor": N_("Writing"),
    "bar": N_("The send bar"),
    "question": N_("Yes or no"),
    "outbox": N_("Outbox"),
    "approvals": N_("Waiting for a second pair of eyes"),
    "situations": N_("Situations"),
    "play": N_("A play"),
    "crisis": N_("Crisis mode"),
    "house": N_("Notices and threads of the house"),
    "choice": N_("Lists"),
    "reader": N_("Help"),
}

_ALIASES = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown"}
_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "⌫",
}


def canonical(key: str) -> str:
    """Write a key as the table does: "ctrl+d" and "Ctrl-d" are "ctrl-d"; single characters stay."""
    if len(key) == 1:
        return key
    key = key.lower().replace("+", "-")
    return _ALIASES.get(key, key)


def shown(keys: str) -> str:
    """Write a key or sequence for people: "Ctrl-d", "c p", "Esc"."""
    return " ".join(_SHOWN.get(k, k.replace("ctrl-", "Ctrl-")) for k in keys.split(" "))


class Keymap:
    """Which command a key means at each place."""

    def __init__(self, commands: Iterable[Command]) -> None:
        """Index the commands; `build` is the way in that checks."""
        self.commands = {command.name: command for command in commands}
        self._bound: dict[tuple[str, str], Command] = {}
        self._prefixes: set[tuple[str, str]] = set()

    @classmethod
    def build(cls, rebind: Mapping[str, str | Sequence[str]] | None = None, file: str = "") -> "Keymap":
        """Bind the table, with some commands on other keys.

        Args:
            rebind: {command: key or keys}; a sequence of strokes is written "c p".
            file: where that was read, for messages.

        Raises:
            KeymapError: a command is unknown, or two commands of one place share a key.
        """
        where = f"{file}: " if file else ""
        wanted: dict[str, tuple[str, ...]] = {}
        known = {command.name for command in COMMANDS}
        for name, keys in (rebind or {}).items():
            if name not in known:
                close = get_close_matches(name, known, 1)
                raise KeymapError(f"{where}no command '{name}'" + (f", did you mean '{close[0]}'?" if close else ""))
            listed = (keys,) if isinstance(keys, str) else tuple(keys)
            wanted[name] = tuple(" ".join(canonical(k) for k in key.split()) for key in listed)
        keymap = cls(structs.replace(c, keys=wanted.get(c.name, c.keys)) for c in COMMANDS)
        for command in keymap.commands.values():
            for keys in command.keys:
                keymap._bind(command, keys, where)
        return keymap

    def _bind(self, command: Command, keys: str, where: str) -> None:
        taken = self._bound.get((command.place, keys))
        if taken is None and (command.place, keys) in self._prefixes:
            taken = next(c for (place, k), c in self._bound.items() if place == command.place and k.startswith(keys))
        first, _space, rest = keys.partition(" ")
        if taken is None and rest:
            taken = self._bound.get((command.place, first))
            self._prefixes.add((command.place, first))
        if taken is not None:
            raise KeymapError(f"{where}key '{shown(keys)}' is bound to both '{taken.name}' and '{command.name}'")
        self._bound[command.place, keys] = command

    def find(self, place: str, keys: str) -> Command | None:
        """Return the command of a key or sequence at a place."""
        command = self._bound.get((place, keys))
        if command is None:
            general = self._bound.get(("desk", keys))
            command = general if general is not None and general.name in EVERYWHERE else None
        return command

    def is_prefix(self, place: str, key: str) -> bool:
        """Whether a key begins sequences at a place."""
        return (place, key) in self._prefixes

    def continuations(self, place: str, key: str) -> list[Command]:
        """Return the commands whose sequence begins with a key."""
        return [c for (p, k), c in self._bound.items() if p == place and k.startswith(f"{key} ")]

    def key(self, name: str) -> str:
        """Return the key to show for a command; "" when it has none."""
        keys = self.commands[name].keys
        return shown(keys[0]) if keys else ""

    def at(self, place: str) -> list[Command]:
        """Return the commands of a place, in the table's order."""
        return [command for command in self.commands.values() if command.place == place]


def groups(keymap: Keymap, place: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return a place's commands for reading: (category, [(keys, name, help)]), in the interface's language."""
    found: list[tuple[str, list[tuple[str, str, str]]]] = []
    for category in CATEGORIES:
        rows = [
            ("  ".join(shown(k) for k in command.keys) or f":{command.name}", command.name, _(command.help))
            for command in keymap.at(place)
            if command.category == category
        ]
        if rows:
            found.append((_(category), rows))
    return found


def markdown(keymap: Keymap | None = None) -> str:
    """Return docs/keys.md, in the interface's language."""
    keymap = keymap or Keymap.build()
    lines = ["# " + _("Keys"), "", _("Generated from tui/keymap.py; every key can be bound otherwise."), ""]
    for place in PLACES:
        lines += ["## " + _(PLACE_TITLES[place]), ""]
        for category, rows in groups(keymap, place):
            columns = " | ".join((_("key"), _("command"), _("what it does")))
            lines += [f"### {category}", "", f"| {columns} |", "|---|---|---|"]
            for keys, name, help_ in rows:
                cell = " ".join(f"`{key}`" for key in keys.split("  "))
                lines.append(f"| {cell} | `{name}` | {help_} |")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"
