"""The status file: what the engine leaves for the quick check."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.desk import Summary
from inbox.glance import PostHeat, SourceHealth
from inbox.outbox import STANDARD
from inbox.status import read_status, snapshot, write_status

NOW = datetime(2026, 11, 22, 21, 4, tzinfo=UTC)


def a_summary(**changes: object) -> Summary:
    facts: dict[str, object] = {
        "open_by_level": (60, 33, 34, 1),
        "questions": 9,
        "oldest_question": NOW - timedelta(minutes=41),
        "per_hour": 214,
        "spark": (0,) * 8,
        "hottest": (
            PostHeat(
                source="museum",
                post_id="p1",
                title="Je suis innocent",
                open=80,
                heated=34,
                copies=43,
                people=39,
                since=NOW - timedelta(minutes=50),
            ),
        ),
        "outbox_pending": 3,
        "outbox_unknown": 0,
        "outbox_rejected": 0,
        "next_due": NOW + timedelta(seconds=7),
        "countdown": STANDARD,
        "held_by": "",
        "sources": (SourceHealth(name="museum", network="mastodon", state="ok", last_at=NOW - timedelta(seconds=12)),),
        "hands": ("lou",),
        "operator": "marta",
        "desk": "main",
        "rehearsal": False,
        "read_only": "",
        "storage": "",
        "total": 400,
    }
    return Summary(**(facts | changes))  # type: ignore[arg-type]  # every field is named above


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_status(str(tmp_path), a_summary(), NOW)
    assert read_status(str(tmp_path)) == snapshot(a_summary(), NOW)


def test_moments_are_seconds_since_the_epoch() -> None:
    status = snapshot(a_summary(), NOW)
    assert status["at"] == NOW.timestamp()
    assert status["oldest_question"] == NOW.timestamp() - 41 * 60
    assert status["outbox"]["next_due"] == NOW.timestamp() + 7


def test_the_file_is_small_and_private(tmp_path: Path) -> None:
    write_status(str(tmp_path), a_summary(), NOW)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size < 2000
    assert file.stat().st_mode & 0o777 == 0o600


def test_lone_surrogates_do_not_stop_the_engine(tmp_path: Path) -> None:
    write_status(str(tmp_path), a_summary(operator="\ud800"), NOW)
    assert read_status(str(tmp_path)) is not None


def test_where_no_engine_ran_there_is_nothing(tmp_path: Path) -> None:
    assert read_status(str(tmp_path)) is None
    assert read_status(str(tmp_path / "nowhere")) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"v": 2, "at": 1}', '{"v": 1}'])
def test_another_files_content_is_told_apart(tmp_path: Path, content: str) -> None:
    (tmp_path / "status.json").write_text(content)
    with pytest.raises(ValueError, match=r".+"):
        read_status(str(tmp_path))
