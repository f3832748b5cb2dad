"""Comments take little memory for good, and freed memory goes back to the system, not more often than it is worth."""

import ctypes
import gc
import re
import subprocess
import sys
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, comment, seen

from inbox._memory import EVERY, HEAPS, MAPPED, Thrift
from inbox._places import Spill
from inbox.events import StateSet
from inbox.fold import Inbox
from inbox.item import TriageState, key_of
from inbox.shelf import Shelf

HEAPS_OF_THREADS = """
import ctypes, sys, threading
from inbox._memory import Thrift
Thrift()
libc, gate = ctypes.CDLL(None), threading.Barrier(9)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
libc.fclose.argtypes = [ctypes.c_void_p]
def allocate():
    block = bytes(2000)
    gate.wait()
for _ in range(8):
    threading.Thread(target=allocate).start()
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
gate.wait()
"""
"""Eight threads allocate; the C library writes what heaps there are then."""


LONG_ANSWERS = """
import re
from inbox._memory import MAPPED, Thrift
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
Thrift()
first = b"x" * (32 * MAPPED)
del first
answers, kept = [], []
for _ in range(40):
    answers.append(b"x" * (4 * MAPPED))
    kept.append(b"x" * 4000)
before = resident()
answers.clear()
print(before - resident())
"""
"""Long answers of platforms, with something that stays between them; prints how many kB went back when they did."""


def test_it_is_given_back_once_a_minute() -> None:
    now = 100.0
    thrift = Thrift(lambda: now)
    if not thrift.look():
        pytest.skip("this C library gives back by itself")
    now += EVERY - 1
    assert not thrift.look()
    now += 1
    assert thrift.look()


def resident() -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_what_was_freed_between_what_is_kept_is_given_back() -> None:
    thrift = Thrift()
    blocks = [bytes(20_000) for _ in range(4000)]
    kept = blocks[::100]  # so that no end of the heap is free by itself
    before = resident()
    del blocks
    freed = resident()
    if not thrift.look():
        pytest.skip("this C library gives back by itself")
    assert resident() < freed - 20_000
    assert before - resident() > 60_000
    assert len(kept) == 40


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="this C library has one heap")
def test_threads_share_a_few_heaps(tmp_path: Path) -> None:
    told = tmp_path / "heaps.xml"
    subprocess.run([sys.executable, "-c", HEAPS_OF_THREADS, str(told)], check=True, timeout=60)
    assert 1 <= told.read_text(encoding="ascii").count("<heap nr=") <= HEAPS


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_the_room_of_a_long_answer_is_given_back_at_once() -> None:
    if not Thrift().look():
        pytest.skip("this C library gives back by itself")
    back = subprocess.run([sys.executable, "-c", LONG_ANSWERS], capture_output=True, text=True, check=True).stdout

    assert int(back) > 0.9 * 40 * 4 * MAPPED / 1024


MOST = 140
"""Bytes that a comment which is done with may take for good; tables that double take more or less than that at times."""
SOME = 4096


def hear(inbox: Inbox, first: int, last: int) -> None:
    """Let comments arrive, one in four an answer, all of them dealt with in time; the posts and the people come again."""
    for start in range(first, last, 32):
        numbers = range(start, min(start + 32, last))
        comments = tuple(
            comment(
                f"Salle {n}, une longue file",
                id=str(10**17 + n),
                author=f"a{n % 500}",
                post=f"p{n % 7}",
                parent=str(10**17 + n - n % 30) if n % 4 == 0 else None,
                at=NOON + timedelta(seconds=30 * n),
            )
            for n in numbers
        )
        at = comments[-1].created_at + timedelta(minutes=1)
        inbox.apply(seen(*comments, at=at, cursor=str(start)))
        keys = tuple(key_of("museum", each.native_id) for each in comments)
        inbox.apply(StateSet(at=at, by="lou", keys=keys, state=TriageState.DONE))


def test_a_comment_that_is_done_with_takes_little_for_good(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        inbox = Inbox(items=Shelf(spill=Spill(tmp_path)))
        hear(inbox, 0, SOME)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        hear(inbox, SOME, 2 * SOME)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown / SOME < MOST
