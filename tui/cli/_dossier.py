"""Writing a dossier of evidence: the data, a page to read, the check that needs no becalm, and their checksums."""

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from inbox.evidence import verify
from inbox.evidence.dossier import dossier, facts_of, faults, records_of
from inbox.paths import make_private, write_private
from tui.cli._errors import CommandError
from tui.cli._escape import markdown
from tui.cli._rows import one_line
from tui.i18n import _, ngettext
from tui.telling import after_colon

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.events import Captured
    from tui.cli._desk import Setting


def write(setting: "Setting", keys: frozenset[str], folder: Path) -> str:
    """Write the dossier of these comments into a new folder; returns one line that says what is in it.

    Raises:
        CommandError: none of them is captured, the chain is broken, or the folder is not new.
    """
    from inbox.chronicle import chronicle
    from inbox.store import Reader
    from tui.cli._desk import known_operator, now

    events = list(Reader(setting.folder).new())
    records = records_of(events)
    wrong = faults(records)
    if wrong:
        raise CommandError(os.EX_DATAERR, _("the chain of evidence is broken: {what}").format(what=wrong[0]))
    chosen = [record for record in records if record.key in keys]
    if not chosen:
        raise CommandError(
            os.EX_NOINPUT,
            _("none of these comments is kept as evidence"),
            hint=_("becalm capture keeps some; so does hiding"),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(os.EX_CANTCREAT, _("{path} is there already").format(path=folder))
    made = dossier(records, keys, chronicle(events), desk=setting.desk, by=known_operator(setting.config), now=now())
    _put(folder, made, chosen)
    said = ngettext("{n} record in {path}", "{n} records in {path}", len(chosen)).format(n=len(chosen), path=folder)
    return f"{said} · {after_colon(_('seal'), made['head'])}"


def _put(folder: Path, made: dict[str, Any], chosen: "Sequence[Captured]") -> None:
    folder = folder.absolute()
    make_private(str(folder))
    files = {
        "dossier.json": json.dumps(made, ensure_ascii=False, indent=1).encode(),
        "dossier.md": _page(made, chosen).encode(),
        "verify.py": Path(verify.__file__).read_bytes(),
    }
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    for name, content in {**files, "SHA256SUMS": sums.encode()}.items():
        write_private(str(folder / name), content)


def _page(made: dict[str, Any], chosen: "Sequence[Captured]") -> str:
    lines = [
        f"# {_('Evidence')}",
        "",
        _("Desk {desk}, made by {by} at {at}.").format(
            desk=_plain(made["desk"]), by=_plain(made["made_by"]), at=made["made_at"]
        ),
        _(
            "Check it with: python3 verify.py dossier.json, and sha256sum -c SHA256SUMS. The head of the chain is {head}."
        ).format(head=made["head"]),
    ]
    for record in chosen:
        lines += ["", *_record(record)]
    lines += ["", f"## {_('What the house did')}", ""]
    lines += [
        f"- {deed['at']} · {_plain(deed['by'])} · {deed['what']} {deed['kind'] or ''} · {_plain(', '.join(deed['comments']))}"
        + (f" · {_plain(deed['text'])}" if deed["text"] else "")
        for deed in made["acts"]
    ]
    return "\n".join(lines) + "\n"


def _record(record: "Captured") -> list[str]:
    facts = facts_of(record)
    author, comment, post, capture = (facts.get(name, {}) for name in ("author", "comment", "post", "capture"))
    withheld = _("(redacted)")
    name = f"{author.get('name', '')} ({author.get('handle', '')}, {author.get('id', '')})" if author else withheld
    rows = (
        (_("author"), name),
        (_("address"), comment.get("url", "")),
        (_("written"), comment.get("written_at", "")),
        (_("post"), f"{post.get('title', '')} {post.get('url', '')}"),
        (_("first seen"), capture.get("first_seen_at", "")),
        (
            _("captured"),
            f"{capture.get('captured_at', '')} · {capture.get('captured_by', '')} · {capture.get('reason', '')}",
        ),
        (_("seal"), record.seal),
    )
    quoted = [f"> {_plain(line)}".rstrip() for line in str(comment.get("text", withheld)).split("\n")]
    return [
        f"## {_plain(record.key)}",
        "",
        *quoted,
        "",
        *(f"- {after_colon(label, _plain(str(value)))}" for label, value in rows),
    ]


def _plain(text: str) -> str:
    return markdown(one_line(text))
