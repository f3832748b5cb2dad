"""Limits: how many requests each platform allows in a while, told in its own dialect, and refused beyond it."""

import json
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from datetime import UTC, datetime
from typing import Any

Told = tuple[bool, dict[str, str]]
"""Whether a request is within the limit, and the headers that tell how much is left."""


class Limit(ABC):
    """Requests counted in windows that follow each other.

    Attributes:
        allowed: in one window.
        asked: in all.
        refused: of them, beyond the limit.
        peak: the most in one window.
    """

    def __init__(self, allowed: int, window: float) -> None:
        """Allow so many in that many seconds."""
        self.allowed, self.window = allowed, window
        self.asked = self.refused = self.peak = 0
        self._ends, self._used = 0.0, 0
        self._lock = threading.Lock()

    def spend(self, cost: int = 1) -> Told:
        """Count a request."""
        with self._lock:
            now = time.time()
            used = self._count(now, cost)
            self.asked += 1
            self.peak = max(self.peak, used)
            within = used <= self.allowed
            self.refused += not within
            return within, self._headers(now, used)

    def _count(self, now: float, cost: int) -> int:
        if now >= self._ends:
            self._ends, self._used = now + self.window, 0
        self._used += cost
        return self._used

    @abstractmethod
    def _headers(self, now: float, used: int) -> dict[str, str]:
        """Tell of the limit in the platform's own words."""

    def account(self) -> dict[str, Any]:
        """Say what was asked."""
        return {"asked": self.asked, "refused": self.refused, "peak": self.peak, "allowed": self.allowed}


class MastodonLimit(Limit):
    """Mastodon's dialect: what is left, and when it begins anew as an ISO time.

    Its 300 requests in five minutes; a tenth of them in a fifth of the time, which is half of what is allowed.
    """

    def __init__(self) -> None:
        """Allow 30 a minute."""
        super().__init__(30, 60.0)

    def _headers(self, now: float, used: int) -> dict[str, str]:
        del now
        left = str(max(0, self.allowed - used))
        reset = datetime.fromtimestamp(self._ends, UTC).isoformat()
        return {"X-RateLimit-Limit": str(self.allowed), "X-RateLimit-Remaining": left, "X-RateLimit-Reset": reset}


class BlueskyLimit(Limit):
    """Bluesky's dialect: seconds since the epoch, and the policy; its 3,000 in five minutes of one address, as a fifth."""

    def __init__(self) -> None:
        """Allow 600 a minute."""
        super().__init__(600, 60.0)

    def _headers(self, now: float, used: int) -> dict[str, str]:
        left = {"RateLimit-Limit": self.allowed, "RateLimit-Remaining": max(0, self.allowed - used)}
        told = {"RateLimit-Reset": int(self._ends), "RateLimit-Policy": f"{self.allowed};w={self.window:.0f}"}
        wait = {"Retry-After": int(self._ends - now) + 1} if used > self.allowed else {}
        return {name: str(value) for name, value in {**left, **told, **wait}.items()}


class PluginLimit(Limit):
    """What a plug-in of a WordPress site allows: nothing is told before the refusal, and then how long to wait."""

    def __init__(self) -> None:
        """Allow 30 a minute."""
        super().__init__(30, 60.0)

    def _headers(self, now: float, used: int) -> dict[str, str]:
        return {"Retry-After": str(int(self._ends - now) + 1)} if used > self.allowed else {}


class GraphLimit(Limit):
    """Meta's dialect: percentages of what was used in the time just past, and the minutes to wait beyond 100.

    4,800 calls a day for each person engaged; 36 people, which makes two a second. Every object asked for by its id is
    a call.
    """

    def __init__(self, account: str, kind: str) -> None:
        """Count for one Page or one Instagram account."""
        super().__init__(120, 60.0)
        self._account, self._kind = account, kind
        self._calls: deque[float] = deque()

    def _count(self, now: float, cost: int) -> int:
        while self._calls and self._calls[0] <= now - self.window:
            self._calls.popleft()
        used = len(self._calls) + cost
        if used <= self.allowed:
            self._calls.extend([now] * cost)
        return used

    def _headers(self, now: float, used: int) -> dict[str, str]:
        del now
        share = 100 * used // self.allowed
        use = {"type": self._kind, "call_count": share, "total_cputime": share // 4, "total_time": share // 3}
        regained = 1 if used > self.allowed else 0
        told = {self._account: [{**use, "estimated_time_to_regain_access": regained}]}
        return {"X-Business-Use-Case-Usage": json.dumps(told)}
