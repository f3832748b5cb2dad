"""Freed memory goes back to the system, not more often than it is worth."""

import re
from pathlib import Path

import pytest

from inbox._memory import EVERY, Thrift


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
