"""What cannot wait is told once, to whom it concerns, at bearable intervals, and says nothing a visitor wrote."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOON, assessed
from sitting import Room

from connectors._http import Http
from connectors._secret import Secret
from inbox.alerts.alarm import Alarm
from inbox.alerts.channels import Channel
from inbox.alerts.model import Rule
from inbox.alerts.rules import AlertRules
from inbox.config import ConfigError, read
from inbox.desk import SetState
from inbox.events import Alerted, OnWatch
from inbox.glance import SourceHealth
from inbox.item import TriageState
from inbox.situations.model import Call, PostState, Reason, Situation
from scoring.assessment import RiskLevel, SignalKind
from tui.alerts import say_alerts

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
ASKS = assessed(RiskLevel.CALM, SignalKind.QUESTION)


class Receiver:
    """A real HTTP server on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        """Start with nothing received."""
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.refusals = 0
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:]) if name}
        body = await reader.readexactly(int(headers["content-length"]))
        status = "503 Busy" if self.refusals else "200 OK"
        if self.refusals:
            self.refusals -= 1
        else:
            self.got.append((headers, json.loads(body)))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/museum"
    try:
        yield receiver
    finally:
        server.close()


class Post:
    """A desk, its alarm, and a clock moved by hand."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        """Open a desk whose house has these rules."""
        self.room = Room(folder)
        self.http = Http()
        self.health: list[SourceHealth] = []
        self.states: dict[str, PostState] = {}
        self.rules = AlertRules(**rules)
        self.alarm = self.started()

    def started(self) -> Alarm:
        """Start an alarm, as an engine does."""
        return Alarm(self.rules, desk="main", say=say_alerts, http=self.http, clock=lambda: self.room.now, wait=0)

    def later(self, minutes: float) -> None:
        """Let time pass."""
        self.room.now += timedelta(minutes=minutes)

    async def look(self) -> list[Rule]:
        """Let the alarm look; returns what it told."""
        before = self.last
        await self.alarm.look(self.room.ledger, self.health, self.states)
        after = self.last
        return [alert.rule for alert in after.alerts] if after is not None and after is not before else []

    @property
    def last(self) -> Alerted | None:
        """What was told last."""
        with self.room.ledger.reading() as inbox:
            return inbox.duty.last


async def test_a_threat_is_told_once_and_again_when_another_comes(tmp_path: Path) -> None:
    post = Post(tmp_path, pause=0.0)
    post.room.arrive("On sait où vous êtes", assessment=THREAT)
    assert await post.look() == [Rule.CRITICAL]
    assert await post.look() == []
    post.room.arrive("Et où vous dormez", assessment=THREAT)
    assert await post.look() == [Rule.CRITICAL]


async def test_what_was_told_before_a_restart_is_not_told_again(tmp_path: Path) -> None:
    post = Post(tmp_path)
    post.room.arrive("On sait où vous êtes", assessment=THREAT)
    await post.look()
    post.alarm = post.started()
    assert await post.look() == []


async def test_a_storm_of_threats_is_a_few_messages(tmp_path: Path) -> None:
    async with receiving() as receiver:
        post = Post(tmp_path, pause=5.0, to={"phone": Channel(kind="webhook", url=receiver.url)})
        for minute in range(12):
            post.room.arrive(f"menace {minute}", assessment=THREAT, later=minute)
            await post.look()
            post.later(1)
        await post.http.aclose()
    counts = [sum(alert["count"] for alert in body["alerts"]) for _, body in receiver.got]
    assert counts == [1, 5, 5]


async def test_a_message_carries_counts_and_neither_names_nor_words(tmp_path: Path) -> None:
    async with receiving() as receiver:
        post = Post(tmp_path, to={"phone": Channel(kind="webhook", url=receiver.url)})
        post.room.arrive("Zorglub vous attend", assessment=THREAT)
        await post.look()
        await post.http.aclose()
    [(_, body)] = receiver.got
    assert body["text"] == "1 possible danger"
    assert "Zorglub" not in json.dumps(body)
    assert "author0" not in json.dumps(body)


async def test_a_house_may_have_the_gravest_words_quoted(tmp_path: Path) -> None:
    async with receiving() as receiver:
        post = Post(tmp_path, to={"phone": Channel(kind="webhook", url=receiver.url, texts=True)})
        post.room.arrive("Zorglub vous attend", assessment=THREAT)
        await post.look()
        await post.http.aclose()
    assert receiver.got[0][1]["text"] == "1 possible danger\nZorglub vous attend"


async def test_ntfy_is_given_topic_priority_and_token_as_its_documentation_says(tmp_path: Path) -> None:
    async with receiving() as receiver:
        channel = Channel(kind="ntfy", url=receiver.url, token=Secret("tk_1"))
        post = Post(tmp_path, to={"phone": channel})
        post.room.arrive("menace", assessment=THREAT)
        await post.look()
        await post.http.aclose()
    [(headers, body)] = receiver.got
    assert headers["authorization"] == "Bearer tk_1"
    assert body == {"topic": "museum", "title": "becalm · main", "message": "1 possible danger", "priority": 5}


async def test_a_channel_that_stumbles_is_offered_the_message_again(tmp_path: Path) -> None:
    async with receiving() as receiver:
        receiver.refusals = 2
        post = Post(tmp_path, to={"phone": Channel(kind="webhook", url=receiver.url)})
        post.room.arrive("menace", assessment=THREAT)
        await post.look()
        await post.http.aclose()
    assert len(receiver.got) == 1
    assert post.last is not None
    assert post.last.failed == ()


async def test_what_no_channel_took_goes_with_the_next_message(tmp_path: Path) -> None:
    async with receiving() as receiver:
        receiver.refusals = 3
        post = Post(tmp_path, pause=2.0, to={"phone": Channel(kind="webhook", url=receiver.url)})
        post.room.arrive("menace", assessment=THREAT)
        await post.look()
        assert post.last is not None
        assert post.last.failed == ("phone",)
        post.later(3)
        await post.look()
        await post.http.aclose()
    assert [body["text"] for _, body in receiver.got] == ["1 possible danger"]


async def test_a_command_reads_the_message_on_its_stdin(tmp_path: Path) -> None:
    script = 'cat > "$0"'
    note = tmp_path / "note"
    post = Post(tmp_path / "desk", to={"desk": Channel(kind="command", command=("sh", "-c", script, str(note)))})
    post.room.arrive("menace", assessment=THREAT)
    await post.look()
    assert note.read_text() == "1 possible danger\n"


async def test_a_command_that_fails_is_said_in_the_trail(tmp_path: Path) -> None:
    post = Post(tmp_path, to={"desk": Channel(kind="command", command=("false",))})
    post.room.arrive("menace", assessment=THREAT)
    await post.look()
    assert post.last is not None
    assert post.last.failed == ("desk",)


async def test_only_who_is_on_watch_is_told(tmp_path: Path) -> None:
    async with receiving() as receiver:
        post = Post(tmp_path, pause=0.0, to={"lou": Channel(kind="webhook", url=receiver.url, only="lou")})
        post.room.arrive("menace", assessment=THREAT)
        await post.look()
        assert receiver.got == []
        post.room.ledger.record([OnWatch(at=post.room.now, by="marta", operator="lou")])
        post.room.arrive("encore", assessment=THREAT)
        await post.look()
        await post.http.aclose()
    assert len(receiver.got) == 1


def local(hour: int) -> datetime:
    """Return noon's day at an hour of this machine's clock."""
    return NOON.astimezone().replace(hour=hour)


async def test_quiet_hours_keep_what_endangers_nobody_until_morning(tmp_path: Path) -> None:
    post = Post(tmp_path, question=10.0, quiet="22:00-07:00")
    post.room.now = local(21)
    post.room.arrive("Jusqu'à quelle heure ?", assessment=ASKS)
    post.room.now = local(23)
    assert await post.look() == []
    post.room.arrive("menace", assessment=THREAT)
    assert await post.look() == [Rule.CRITICAL]
    post.room.now = local(8) + timedelta(days=1)
    assert Rule.QUESTION in await post.look()


async def test_a_question_is_told_when_it_has_waited_and_never_when_answered_in_time(tmp_path: Path) -> None:
    post = Post(tmp_path, question=45.0)
    slow, quick = post.room.arrive("Ouvert lundi ?", "Accès en fauteuil ?", assessment=ASKS)
    await post.room.sit().act(SetState(TriageState.DONE), [quick])
    post.later(44)
    assert await post.look() == []
    post.later(2)
    await post.look()
    assert post.last is not None
    assert [alert.subject for alert in post.last.alerts] == [slow]


async def test_a_danger_left_open_is_told_again_by_its_clock(tmp_path: Path) -> None:
    post = Post(tmp_path, unlawful=60.0)
    post.room.arrive("menace", assessment=THREAT)
    assert await post.look() == [Rule.CRITICAL]
    post.later(61)
    assert await post.look() == [Rule.UNLAWFUL]


async def test_a_source_that_falls_silent_is_told_and_news_again_after_it_came_back(tmp_path: Path) -> None:
    post = Post(tmp_path, silence=15.0)
    post.later(20)
    lost = SourceHealth(name="museum", network="mastodon", state="unreachable", last_at=NOON)
    post.health = [lost]
    assert await post.look() == [Rule.SILENCE]
    post.health = [SourceHealth(name="museum", network="mastodon", state="ok", last_at=post.room.now)]
    await post.look()
    post.later(11)
    post.health = [SourceHealth(name="museum", network="mastodon", state="ok", last_at=post.room.now)]
    await post.look()
    post.later(20)
    post.health = [lost]
    assert await post.look() == [Rule.SILENCE]


async def test_a_lost_login_is_told_at_once(tmp_path: Path) -> None:
    post = Post(tmp_path)
    post.health = [SourceHealth(name="museum", network="mastodon", state="auth", last_at=post.room.now)]
    assert await post.look() == [Rule.SILENCE]


async def test_a_flood_is_told(tmp_path: Path) -> None:
    post = Post(tmp_path)
    reason = Reason(code="copies", people=30, comments=30, minutes=5)
    call = Call(situation=Situation.FLOOD, since="museum/n1", at=NOON, reason=reason, held=NOON)
    post.states = {"museum/p1": PostState(post="museum/p1", calls=(call,))}
    assert await post.look() == [Rule.FLOOD]


@pytest.mark.parametrize(
    ("table", "blamed"),
    [
        ('[alerts]\nquiet = "late"\n', "alerts.quiet"),
        ("[alerts]\nsilence = true\n", "alerts.silence"),
        ("[alerts]\nquestion = -3\n", "alerts.question"),
        ('[alerts.to.phone]\nkind = "ntfy"\n', "alerts.to.phone"),
        ('[alerts.to.phone]\nkind = "ntfy"\nurl = "http://ntfy.example/x"\ntoken = "tk"\n', "alerts.to.phone.token"),
        ('[alerts.to.phone]\nkind = "pigeon"\n', "alerts.to.phone.kind"),
        ('[alerts.to.desk]\nkind = "command"\n', "alerts.to.desk"),
        ('[alerts]\nto = "phone"\n', "alerts.to"),
    ],
)
def test_a_faulty_rule_is_named_with_its_place(tmp_path: Path, table: str, blamed: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(table)
    with pytest.raises(ConfigError) as caught:
        read(file)
    assert [fault.key for fault in caught.value.faults] == [blamed]


def test_a_token_never_leaves_without_encryption(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("tk_1")
    secret.chmod(0o600)
    file = tmp_path / "config.toml"
    file.write_text('[alerts.to.phone]\nkind = "ntfy"\nurl = "http://ntfy.example/x"\ntoken = {file = "token"}\n')
    with pytest.raises(ConfigError, match=r"alerts\.to\.phone\.url"):
        read(file)


def test_rules_and_channels_are_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[alerts]\nquestion = 45\nquiet = "22:00-07:00"\n'
        '[alerts.to.phone]\nkind = "ntfy"\nurl = "https://ntfy.example/museum"\nrules = ["critical", "flood"]\n'
    )
    rules = read(file).alerts
    assert rules.question == 45
    assert rules.to["phone"].rules == (Rule.CRITICAL, Rule.FLOOD)
    assert rules.quiet_hours is not None
    assert local(23) in rules.quiet_hours
    assert local(12) not in rules.quiet_hours


async def test_a_barometer_that_rises_is_told_once_where_the_house_asks_for_it(tmp_path: Path) -> None:
    heated = assessed(RiskLevel.HEATED)
    for name, wanted in (("heated", [Rule.BAROMETER]), ("critical", [])):
        post = Post(tmp_path / name, pause=0.0, barometer=name)
        for n in range(3):
            post.room.arrive(f"Bande de nuls, {n}", assessment=heated)
        assert await post.look() == wanted
        assert await post.look() == []
    post = Post(tmp_path / "silent", pause=0.0)
    post.room.arrive("Bande de nuls", assessment=heated)
    assert await post.look() == []


def test_a_barometer_knows_its_levels() -> None:
    with pytest.raises(ValueError, match="heated"):
        AlertRules(barometer="calm")
