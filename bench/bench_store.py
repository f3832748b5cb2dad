"""The store beside a bare fdatasync, sqlite and stock TinyDB doing the same work in one run; losses included.

Run: python bench/bench_store.py [FOLDER]. FOLDER must lie on the disk to be measured; default: the current one.
Other sizes of desks: python bench/bench_store.py --desks 1000000 (some minutes, 3 GB of disk).
People erased among so many comments: python bench/bench_store.py --erase 200000.
"""

import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import big_desk
import msgspec
from tinydb import TinyDB

from inbox.compaction import compact
from inbox.events import StateSet, encode
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.query import compile_query
from inbox.rows import Order
from inbox.store import Store
from inbox.tables import JournalDB

SINGLES = 300
BULKS = 15
BULK = 1000
PAGE = 40
EVENTS = 100_000
STOCK_EVENTS = 10_000  # stock TinyDB rewrites its file on every write: a tenth is patience enough
THREADS = 4
ABSENT = float("nan")


class Event(msgspec.Struct, gc=False):
    """An event as large as a comment's, decoded typed as the desk does it."""

    kind: str
    source: str
    native_id: str
    author: str
    text: str
    at: float


def events(number: int) -> Iterator[Event]:
    """Yield `number` events of about 300 bytes, always the same."""
    chance = random.Random(7)
    words = [
        "lumière",
        "salle",
        "queue",
        "merci",
        "sword",
        "why",
        "closed",
        "tickets",
        "œuvre",
        "🙂",
        "really",
        "guide",
    ]
    for index in range(number):
        text = " ".join(chance.choices(words, k=22))
        yield Event(
            "comment.seen", "mastodon:museum", f"{10**17 + index}", f"visitor{index % 4000}", text, 1.8e9 + index
        )


def acts(number: int) -> list[bytes]:
    """Return `number` encoded acts, as a bulk decision writes one for each comment."""
    return [
        msgspec.json.encode(
            {"kind": "state.set", "item": f"mastodon:museum/{10**17 + n}", "to": "DONE", "by": "ana", "at": 1.8e9}
        )
        for n in range(number)
    ]


# --- the contestants --------------------------------------------------------------------------------


class Contestant(Protocol):
    """A store of encoded documents."""

    def append(self, documents: list[bytes]) -> None:
        """Append documents in one durable transaction."""

    def close(self) -> None:
        """Let go of the files."""


class Reading(Contestant, Protocol):
    """A store that can be read back."""

    def read(self) -> Iterator[bytes]:
        """Yield every document in order."""


class Bare:
    """One write and one fdatasync at the end of a growing file: the floor."""

    def __init__(self, folder: Path) -> None:
        self._fd = os.open(folder / "bare", os.O_RDWR | os.O_CREAT, 0o600)
        self._end = 0

    def append(self, documents: list[bytes]) -> None:
        self._end += os.pwrite(self._fd, b"\n".join(documents), self._end)
        os.fdatasync(self._fd)

    def close(self) -> None:
        os.close(self._fd)


class Journaled:
    """becalm's event log."""

    def __init__(self, folder: Path) -> None:
        self._db = JournalDB(folder / "journal", holder="bench")
        self._log = self._db.log("events")

    def append(self, documents: list[bytes]) -> None:
        self._log.append(documents)

    def read(self) -> Iterator[bytes]:
        return self._log.encoded()

    def close(self) -> None:
        self._db.close()


class Sqlite:
    """sqlite with a write-ahead log and a sync at every commit."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "sqlite.db", check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        self._lock = threading.Lock()

    def append(self, documents: list[bytes]) -> None:
        with self._lock, self._db:
            self._db.executemany("INSERT INTO events (body) VALUES (?)", [(document,) for document in documents])

    def read(self) -> Iterator[bytes]:
        for (body,) in self._db.execute("SELECT body FROM events ORDER BY seq"):
            yield body

    def close(self) -> None:
        self._db.close()


class Stock:
    """TinyDB as it comes; it never syncs, and rewrites its file on every write."""

    def __init__(self, folder: Path) -> None:
        self._db = TinyDB(folder / "tinydb.json")

    def append(self, documents: list[bytes]) -> None:
        self._db.insert_multiple(msgspec.json.decode(document) for document in documents)

    def read(self) -> Iterator[bytes]:
        return (msgspec.json.encode(document) for document in self._db.all())

    def close(self) -> None:
        self._db.close()


NAMES: dict[str, Callable[[Path], Reading]] = {"journal": Journaled, "sqlite": Sqlite, "stock": Stock}


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(contestants: list[Contestant], batches: list[list[bytes]]) -> list[float]:
    """Return each contestant's median seconds an append; they take turns, so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _ in contestants]
    for batch in batches:
        for contestant, taken in zip(contestants, times, strict=True):
            taken.append(timed(lambda c=contestant, b=batch: c.append(b)))  # type: ignore[misc]  # mypy cannot infer defaults
    return [statistics.median(taken) for taken in times]


def threaded(contestant: Contestant, documents: list[bytes]) -> float:
    """Return documents a second when THREADS threads append one at a time."""
    shares = [documents[start::THREADS] for start in range(THREADS)]

    def work(share: list[bytes]) -> None:
        for document in share:
            contestant.append([document])

    threads = [threading.Thread(target=work, args=(share,)) for share in shares]

    def run() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return len(documents) / timed(run)


# --- reading back, each in a process of its own so that its memory can be told -----------------------


def read_back(name: str, folder: Path) -> None:
    """Open, decode every event and print seconds, events and peak memory in bytes as JSON."""
    decode = msgspec.json.Decoder(Event).decode
    start = time.perf_counter()
    contestant = NAMES[name](folder)
    opened = time.perf_counter() - start
    count = 0
    for document in contestant.read():
        decode(document)
        count += 1
    read = time.perf_counter() - start
    # Not getrusage: its peak is handed down from the process that started this one.
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) * 1024
    print(json.dumps({"open": opened, "read": read, "events": count, "peak": peak}))


def in_process(name: str, folder: Path) -> dict[str, float]:
    """Return what `read_back` prints, of the better of two runs."""
    command = [sys.executable, __file__, "--read-back", name, str(folder)]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(2)]
    best: dict[str, float] = min(runs, key=lambda run: run["read"])
    return best


# --- a whole desk -----------------------------------------------------------------------------------


def open_desk(folder: Path) -> None:
    """Open a desk up to its first list and print CPU seconds since this process began, comments and peak memory."""
    store = Store(folder, holder="bench")
    ledger = Ledger(store)
    view = ledger.open_view(
        "", Order.NEWEST, lambda: compile_query("", ledger.inbox, now=datetime.now(UTC)), fold=False
    )
    ledger.views.page(view.id, 0, 40)
    spent = time.process_time()
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) * 1024
    print(json.dumps({"open": spent, "read": spent, "events": len(ledger.inbox.items), "peak": peak}))
    ledger.close()


def desks(folder: Path, sizes: list[int]) -> None:
    """Print what opening desks of these sizes takes, with a snapshot and without."""
    print(f"{'a whole desk, up to its first list of 40 rows':<46}{'CPU s':>12}{'peak MiB':>12}")
    for size in sizes:
        desk = folder / f"desk{size}"
        big_desk.build(desk, size)
        for what in ("from the log alone", "with a snapshot"):
            command = [sys.executable, __file__, "--open-desk", str(desk)]
            done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            print(f"{f'{size:,} comments, {what}':<46}{done['open']:>12.2f}{done['peak'] / 2**20:>12.0f}")
            compact(desk)


def erase(folder: Path, size: int) -> None:
    """Print what erasing takes on a desk of this size, for one who wrote often and for one of its loudest."""
    big_desk.build(folder, size)
    compact(folder)
    ledger = Ledger(Store(folder, holder="bench"))
    for author in ("visitor40", "visitor9"):
        start, spent = time.perf_counter(), time.process_time()
        person, done = ledger.erase(author, by="bench", now=datetime.now(UTC))
        taken, spent = time.perf_counter() - start, time.process_time() - spent
        needle = f'"{author}"'.encode()
        assert not done.left
        assert not any(needle in path.read_bytes() for path in folder.iterdir() if path.is_file())
        print(f"{len(person.keys):,} of {size:,} comments erased: {taken:.1f} s ({spent:.1f} s CPU)")
    ledger.close()


def bulk_acts(folder: Path) -> None:
    """Print what a desk's own bulk act on 1,000 comments takes: one event, one line; durable, and folded in."""
    store = Store(folder / "bulk", holder="bench")
    ledger = Ledger(store)
    for transaction in big_desk.pages(BULK):
        ledger.record(transaction)
    keys = tuple(ledger.inbox.items)
    bare = Bare(folder)
    taken: dict[str, list[float]] = {"one": [], "bytes": [], "durable": [], "whole": []}
    for number in range(4 * BULKS):
        state = TriageState.DONE if number % 2 else TriageState.ESCALATED
        act = StateSet(at=datetime.now(UTC), by="ana", keys=keys, state=state, act=f"act{number}")
        line = encode([act])
        taken["one"].append(timed(lambda: bare.append([b"x" * 120])))
        taken["bytes"].append(timed(lambda e=line: bare.append(e)))  # type: ignore[misc]  # mypy cannot infer defaults
        taken["durable"].append(timed(lambda e=act: store.append([e], human=True)))  # type: ignore[misc]  # the same
        taken["whole"].append(timed(lambda e=act: ledger.record([e], human=True)))  # type: ignore[misc]  # the same
    ledger.close()
    bare.close()
    one, plain, durable, whole = (1e3 * statistics.median(times) for times in taken.values())
    print(
        f"{f'one act on 1,000 comments, {len(line[0]) >> 10} KiB, durable, median':<46}{'ms':>7}{plain:>12.3f}{durable:>12.3f}"
    )
    print(f"{'  to the same bytes written bare; to one bare act':<101}{durable / plain:>11.2f}x{durable / one:>11.2f}x")
    print(f"{'  and folded in, as a desk acknowledges it':<46}{'ms':>7}{'':>12}{whole:>12.3f}")


# --- the table --------------------------------------------------------------------------------------


def show(what: str, values: list[float], unit: str, *, ratio: bool = True) -> None:
    """Print one row: the four contestants and our ratio to the floor and to sqlite."""
    bare, ours, sqlite, _ = values
    ratios = [f"{ours / bare:.2f}x" if ratio and bare == bare else "", f"{ours / sqlite:.2f}x"]  # noqa: PLR0124 - NaN alone differs from itself - not a number
    cells = ["-" if value != value else f"{value:,.3f}" if value < 100 else f"{value:,.0f}" for value in values]  # noqa: PLR0124 - NaN alone differs from itself
    print(f"{what:<46}{unit:>7}" + "".join(f"{cell:>12}" for cell in [*cells, *ratios]))


def main(folder: Path) -> None:
    """Run everything in `folder` and print the table."""
    documents = [msgspec.json.encode(event) for event in events(EVENTS)]
    contestants: list[Contestant] = [Bare(folder), Journaled(folder), Sqlite(folder)]
    header = ["bare", "becalm", "sqlite", "tinydb", "to bare", "to sqlite"]
    print(f"{'store: the same work, one run, one disk':<46}{'':>7}" + "".join(f"{cell:>12}" for cell in header))

    decisions = acts(BULK)
    single = medians(contestants, [[decision] for decision in decisions[:SINGLES]])
    bulk = medians(contestants, [decisions] * BULKS)
    stock = Stock(folder)
    stock.append(documents[:STOCK_EVENTS])
    stock_single = statistics.median(timed(lambda: stock.append(decisions[:1])) for _ in range(5))
    stock_bulk = timed(lambda: stock.append(decisions))
    show("one act, durable, median (tinydb: at 10k)", [1e3 * value for value in [*single, stock_single]], "ms")
    show("1,000 acts in one transaction, median", [1e3 * value for value in [*bulk, stock_bulk]], "ms")
    print(f"{'  as many bare fdatasyncs of one act':<101}{bulk[1] / single[0]:>11.2f}x")
    bulk_acts(folder)
    rates = [threaded(contestant, documents[:2000]) for contestant in contestants[1:]]
    show(f"{THREADS} threads, one act each time", [ABSENT, *rates, ABSENT], "acts/s", ratio=False)
    for contestant in [*contestants, stock]:
        contestant.close()
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    pages = [documents[start : start + PAGE] for start in range(0, EVENTS, PAGE)]
    rates = []
    for contestant in (Bare(folder), Journaled(folder), Sqlite(folder)):
        rates.append(EVENTS / timed(lambda c=contestant: [c.append(page) for page in pages]))  # type: ignore[misc]  # the same
        contestant.close()
    show(f"comments taken in, pages of {PAGE}, each durable", [*rates, ABSENT], "per s", ratio=False)
    stock = Stock(folder)
    stock.append(documents)
    stock.close()
    back = [in_process(name, folder) for name in NAMES]
    assert all(run["events"] == EVENTS for run in back)
    show("100k events: opened, ready to write", [ABSENT, *(1e3 * run["open"] for run in back)], "ms")
    show("100k events: opened and every one decoded", [ABSENT, *(1e3 * run["read"] for run in back)], "ms")
    show("100k events: peak memory of doing so", [ABSENT, *(run["peak"] / 2**20 for run in back)], "MiB")
    sizes = [sum(path.stat().st_size for path in (folder / "journal").glob("log-*"))]
    sizes += [sum(path.stat().st_size for path in folder.glob("sqlite.db*")), (folder / "tinydb.json").stat().st_size]
    show("100k events: size on disk", [ABSENT, *(size / 2**20 for size in sizes)], "MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read-back"]:
        read_back(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--open-desk"]:
        open_desk(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--desks"]:
        with tempfile.TemporaryDirectory(dir=".") as scratch:
            desks(Path(scratch), [int(size) for size in sys.argv[2:]])
    elif sys.argv[1:2] == ["--erase"]:
        with tempfile.TemporaryDirectory(dir=".") as scratch:
            erase(Path(scratch), int(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else ".") as scratch:
            main(Path(scratch))
            desks(Path(scratch), [100_000])
