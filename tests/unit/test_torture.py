"""A small torture of the store in every run; `make torture` is the whole of it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "support" / "torture.py"


def torture(folder: Path, **numbers: int) -> tuple[int, str]:
    """Run some tortures and no others; return how the program ended and what it said."""
    sizes = {"kills": 0, "elsewhere": 0, "cuts": 0, "full": 0, "flips": 0} | numbers
    options = [f"--{name}={number}" for name, number in sizes.items()]
    done = subprocess.run(
        [sys.executable, PROGRAM, "--folder", folder, "--seed", "7", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.returncode, done.stdout + done.stderr


def test_kills_at_every_moment_lose_nothing(tmp_path: Path) -> None:
    assert torture(tmp_path, kills=40)[0] == 0


def test_power_cuts_at_every_moment_lose_nothing(tmp_path: Path) -> None:
    assert torture(tmp_path, cuts=40)[0] == 0


def test_a_disk_full_from_any_byte_on_loses_nothing_and_is_recovered_from(tmp_path: Path) -> None:
    assert torture(tmp_path, full=12)[0] == 0


def test_a_bit_flipped_in_any_file_is_noticed(tmp_path: Path) -> None:
    assert torture(tmp_path, flips=150)[0] == 0


def test_a_disk_that_keeps_nothing_it_confirms_is_found_out(tmp_path: Path) -> None:
    code, said = torture(tmp_path, deaf=12)
    assert code == 1, "this torture would not notice a loss"
    assert "faults" in said
