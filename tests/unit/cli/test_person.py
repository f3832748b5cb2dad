"""A right of access: whatever a desk keeps about a person's comments is in the answer, and nothing of anybody else's."""

from pathlib import Path

from builders import NOON, comment, seen

from connectors._model import Outgoing
from inbox.events import Noted, Queued, SituationBegan, TextKept
from inbox.ledger import Ledger
from inbox.outbox import Kind, OutboxEntry
from inbox.people import find
from inbox.situations.model import Reason, Situation
from inbox.store import Store
from tui.cli._person import kept_of


def test_notes_answers_drafts_and_situations_are_told(tmp_path: Path) -> None:
    ledger = Ledger(Store(tmp_path / "desk", holder="marta"))
    reason = Reason(code="barbs", people=1, comments=3, minutes=9, authors=("camille",))
    outgoing = Outgoing(client_id="e1", text="Merci Camille", created_at=NOON)
    reply = OutboxEntry(
        id="e1",
        act="a1",
        kind=Kind.REPLY,
        source="museum",
        by="lou",
        queued_at=NOON,
        due_at=NOON,
        target="museum/c1",
        outgoing=outgoing,
    )
    ledger.record(
        [
            seen(comment("Quelle honte", id="c1"), comment("rien", id="c2", author="lou")),
            Noted(at=NOON, by="lou", key="museum/c1", text="déjà venue en mai"),
            Queued(at=NOON, by="lou", entries=(reply,)),
            TextKept(at=NOON, by="marta", key="museum/c1", kind="reply", texts={"text": "Chère"}),
            SituationBegan(
                at=NOON, post="museum/p1", situation=Situation.LONE_TROLL, since="museum/c1", began=NOON, reason=reason
            ),
        ],
        human=True,
    )
    (person,) = find(ledger.inbox, "@camille")
    said = kept_of(ledger.inbox, person, tmp_path / "desk")
    ledger.close()
    (only,) = said["comments"]
    assert (only["key"], [note["text"] for note in only["notes"]]) == ("museum/c1", ["déjà venue en mai"])
    assert [sending["outgoing"]["text"] for sending in said["sendings"]] == ["Merci Camille"]
    assert said["drafts"] == [{"by": "marta", "key": "museum/c1", "kind": "reply", "texts": {"text": "Chère"}}]
    assert [(each["post"], each["situation"]) for each in said["situations"]] == [("museum/p1", "lone_troll")]
    assert [name["handle"] for name in said["names"]] == ["camille"]
