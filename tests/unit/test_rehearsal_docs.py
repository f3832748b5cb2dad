"""The page on the rehearsal shows a scenario and options that really work."""

import re
from pathlib import Path

import msgspec

from connectors._rehearsal.options import RehearsalOptions
from connectors._rehearsal.script import read_script

PAGE = (Path(__file__).parents[2] / "docs" / "rehearsal.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_scenario_on_the_page_can_be_played(tmp_path: Path) -> None:
    (tmp_path / "rive.jsonl").write_text(block("json"))
    script = read_script(str(tmp_path / "rive.jsonl"))
    assert (script.house.house, len(script.lines), len(script.scenes)) == ("Musée de la Rive", 3, 5)


def test_the_failures_on_the_page_can_be_asked_for() -> None:
    options = msgspec.toml.decode(block("toml"), type=RehearsalOptions)
    assert options.fail.retry_after == 10.0
    assert len(options.fail.order) == 3


def test_the_page_names_every_option_and_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.partition("## What it accepts")[0], re.MULTILINE))
    assert set(rows) == set(RehearsalOptions.__struct_fields__)
    defaults = RehearsalOptions()
    assert all(float(rows[name]) == getattr(defaults, name) for name in ("seed", "speed", "rate", "latency"))
