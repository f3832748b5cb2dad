"""The torture of the store: kills, power cuts, full disks and flipped bits, seeded and bounded, and the table of what was lost.

Run as a program (`make torture`, with ARGS="--help" for its size and its seed); ends within ten minutes.
Every life of a desk is a process of its own on real files (`lives.py`), whose last call is chosen (`brittle.py`).
Ends with 1 if anything acknowledged was lost, any desk did not open or any flip went unnoticed.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import brittle

brittle.install()  # before the store is imported, which keeps some of these calls as defaults

from brittle import MOMENTS, Disk, wreck  # noqa: E402 - see above
from flips import flip_everywhere  # noqa: E402 - see above
from lives import fork_a_life, judge, snapshots_of  # noqa: E402 - see above

KILLS_A_DESK = 10
"""Lives of a desk before a fresh one begins: young desks are killed too, and no check takes long."""
CUTS_A_DESK = 3
LIFE_BYTES = 40_000
"""Hardly less than what a life writes."""
OUTSIDE = "at any moment, from outside"


Trials = Iterator[tuple[str, Counter[str]]]
"""The moment, and what was found after it, trial by trial."""


def kills(scratch: Path, number: int, chance: random.Random) -> Trials:
    """Kill a process `number` times, at aimed and at random moments; yield the moment and what was found each time."""
    folder, told, age = scratch / "0", [""] * 0, 0
    for trial in range(number):
        at = chance.choice((*MOMENTS, OUTSIDE))
        aimed = at if at != OUTSIDE else ""
        disk = Disk(folder, chance, at=aimed, call=chance.randint(1, MOMENTS.get(at, 1)))
        told += fork_a_life(disk, trial * 1000, chance.getrandbits(32), None if aimed else chance.uniform(0.002, 0.06))
        found, moment = _found(folder, told), _moment(at, told)
        age += 1
        if age == KILLS_A_DESK or _bad(found):
            shutil.rmtree(folder)
            folder, told, age = scratch / str(trial + 1), [], 0
        yield moment, found


def cuts(scratch: Path, number: int, chance: random.Random, *, deaf: bool = False) -> Trials:
    """Cut the power `number` times, three times over each desk; what was not synced may be there, gone, or anything.

    On a `deaf` disk nothing that is synced is kept either: what this finds there shows that it would find it.
    """
    folder, told, age = scratch / "0", [""] * 0, 0
    note = scratch / "note"
    for trial in range(number):
        at = chance.choice([*MOMENTS])
        disk = Disk(folder, chance, at=at, call=chance.randint(1, MOMENTS[at]), note=note, deaf=deaf)
        told += fork_a_life(disk, trial * 1000, chance.getrandbits(32))
        after = scratch / f"{trial}-after"
        wreck(folder, note, after, chance)
        shutil.rmtree(folder)
        folder = after
        found, moment = _found(folder, told), _moment(at, told)
        age += 1
        if age == CUTS_A_DESK or _bad(found):
            shutil.rmtree(folder)
            folder, told, age = scratch / str(trial + 1), [], 0
        yield moment, found


def full(scratch: Path, number: int, chance: random.Random) -> Trials:
    """Let a disk be full from `number` different bytes on: a new desk's, and one's that has lived before."""
    for trial in range(number):
        folder, told, used = scratch / f"full{trial}", [], 0
        if trial % 2:
            told = fork_a_life(Disk(folder, chance), 0, chance.getrandbits(32))
            used = sum(path.stat().st_size for path in folder.iterdir())
        room = used + LIFE_BYTES * trial // number + chance.randrange(100)
        told += fork_a_life(Disk(folder, chance, room=room), 1000, chance.getrandbits(32))
        ended = told[-1:] == ["end - -"]
        yield "a desk that lived before" if used else "a new desk", _found(folder, told) + Counter(stuck=not ended)
        shutil.rmtree(folder)


def _moment(at: str, told: list[str]) -> str:
    return "after a whole life" if told[-1:] == ["end - -"] else at


def _found(folder: Path, told: list[str]) -> Counter[str]:
    judgement = judge(folder, told)
    if not judgement.is_well:
        print(folder, judgement, file=sys.stderr)
    return Counter(
        trials=1,
        acknowledged=sum(not line.startswith(("try", "erase ", "end")) for line in told),
        snapshots=snapshots_of(folder),
        torn=len(list(folder.glob("torn-*"))),
        lost=judgement.lost + judgement.made_up,
        unreadable=bool(judgement.unreadable),
        different=judgement.different,
        named=judgement.named,
    )


def elsewhere(scratch: Path, number: int, chance: random.Random) -> Trials:
    """Kill two threads that share a sync, and whole engines under a storm, each in programs of their own."""
    programs = {"two threads, one journal": ("kills.py", number), "a whole engine": ("engine_kills.py", number // 4)}
    for what, (program, trials) in programs.items():
        here = Path(__file__).with_name(program)
        command = [sys.executable, str(here), str(scratch / here.stem), str(trials), str(chance.getrandbits(16))]
        found = Counter(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
        found["lost"] += found.pop("missed", 0)
        found["acknowledged"] += found.pop("arrivals", 0) + found.pop("acts", 0)
        yield what, found


COLUMNS = ("trials", "acknowledged", "snapshots", "torn", "lost", "unreadable", "different", "named", "stuck")
BAD = ("lost", "unreadable", "different", "named", "stuck")


def _bad(found: Counter[str]) -> int:
    return sum(found[column] for column in BAD)


def table(title: str, trials: Trials) -> Counter[str]:
    """Run trials and print a row for each moment, and their sum."""
    began = time.monotonic()
    rows: dict[str, Counter[str]] = {}
    for what, found in trials:
        rows.setdefault(what, Counter()).update(found)
    total: Counter[str] = Counter()
    for row in rows.values():
        total.update(row)
    print(f"{title:<34}" + "".join(f"{column:>13}" for column in COLUMNS))
    for what, row in [*sorted(rows.items()), (f"in all, {time.monotonic() - began:.0f} s", total)]:
        print(f"  {what:<32}" + "".join(f"{row[column]:>13,}" for column in COLUMNS))
    print(flush=True)
    return total


TORTURES: tuple[tuple[str, str, int, str, Callable[[Path, int, random.Random], Trials]], ...] = (
    ("kills", "kills", 1000, "SIGKILLs of a life of the store, aimed and at random", kills),
    ("elsewhere", "kills elsewhere", 100, "SIGKILLs of two threads, and a quarter as many of whole engines", elsewhere),
    ("cuts", "power cuts", 300, "simulated power cuts", cuts),
    ("full", "full disks", 240, "bytes from which on the disk is full", full),
    (
        "deaf",
        "deaf disk",
        0,
        "power cuts of a disk that keeps nothing it confirms: this must find faults",
        partial(cuts, deaf=True),
    ),
)
FLIPS = 4000


def main() -> None:
    """Read the arguments, do everything, print the tables."""
    parser = argparse.ArgumentParser(prog="make torture", description="kills, power cuts, full disks, flipped bits")
    parser.add_argument("--seed", type=int, default=1)
    for option, _, number, what, _ in TORTURES:
        parser.add_argument(f"--{option}", type=int, default=number, help=f"{what} (default {number})")
    parser.add_argument("--flips", type=int, default=FLIPS, help=f"bits flipped, over all files (default {FLIPS})")
    parser.add_argument("--folder", type=Path, help="on the disk to be tortured (default: where temporary files are)")
    asked = parser.parse_args()
    print(f'seed {asked.seed}: the same again with ARGS="--seed {asked.seed}"\n')
    faults = 0
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        for option, title, *_, torture in TORTURES:
            number = getattr(asked, option)
            here = Path(scratch) / option
            here.mkdir()
            if number:
                faults += _bad(table(title, torture(here, number, random.Random(f"{option} {asked.seed}"))))
        if asked.flips:
            faults += flip_everywhere(Path(scratch) / "flips", asked.flips, random.Random(f"flips {asked.seed}"))
    print("nothing was lost" if not faults else f"{faults} faults")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
