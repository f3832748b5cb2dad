"""Rate limits in every platform's dialect: how long to wait after a refusal, and how to slow down before one."""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct, structs

from connectors._answer import parse_json
from connectors._fields import Fields, rows, table
from connectors._guard import host_of
from connectors._secret import Secret

LONGEST = 86_400.0
"""Seconds; nobody makes us wait for more than a day, whatever their header says."""

_EPOCH = 1_000_000_000
"""A reset above this is a point in time (X, Bluesky, Discord), one below it a number of seconds left (Reddit)."""

_EPOCH_MS = 100 * _EPOCH
"""A reset above this is a point in time in milliseconds."""

_PREFIXES = ("x-ratelimit-", "x-rate-limit-", "ratelimit-")
"""Mastodon, Reddit, Discord; X; Bluesky and the IETF draft."""

_MEMBER = re.compile(r"\b(limit|remaining|reset|r|t)=(\d{1,15})(?!\d)")
_BUDGETS = re.compile(r',(?=\s*")')
"""Where one budget of a `RateLimit` header ends and the next, which has a name in quotes, begins."""

_USAGES = ("x-app-usage", "x-page-usage", "x-business-use-case-usage")
"""Meta's: JSON of percentages used; the last one by business object, each with a list of them."""
_PERCENTAGES = ("call_count", "total_cputime", "total_time")
_USAGE_WINDOW = 3600.0
"""Seconds over which Meta counts an app's calls (those of a Page over a day, which this is careful enough for)."""
_USED_UP = 600.0
"""Seconds to wait where a percentage is 100 and Meta does not say when it falls."""
_SAME_END = 1.0
"""How far apart, in seconds, two answers may tell the end of one window."""


class Limits(Struct, frozen=True):
    """What an answer says of the budget it drew on.

    Attributes:
        remaining: requests left in this window.
        limit: requests allowed in a window; 0 where unsaid.
        reset_in: seconds until the window begins anew.
        shared: whether every request of the account draws on it, whatever it asks for.
    """

    remaining: float
    limit: float
    reset_in: float
    shared: bool = False


class Budget(Struct, frozen=True):
    """What is left of the requests that a platform allows an account.

    Attributes:
        left: the share that is left, 0 to 1.
        until: when it begins anew, seconds since the epoch.
    """

    left: float
    until: float


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _date(value: str) -> float | None:
    """Read an ISO date (Mastodon) or an HTTP date as seconds since the epoch."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _clamped(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST)


def _now(headers: Mapping[str, str], now: float) -> float:
    """Prefer the server's own clock, so that a wrong one here shortens no wait."""
    return _date(headers.get("date", "")) or now


def _until(value: str, now: float) -> float | None:
    number = _number(value)
    if number is not None and number > _EPOCH_MS:
        number /= 1000
    if number is not None:
        return _clamped(number - now if number > _EPOCH else number)
    moment = _date(value)
    return None if moment is None else _clamped(moment - now)


def read_limits(headers: Mapping[str, str], now: float) -> Limits | None:
    """Read the budget an answer's headers tell of; None where they tell of none.

    Mastodon's reset is an ISO 8601 time, that of X and Bluesky seconds since the epoch, Reddit's the seconds left. Meta
    gives percentages, and the minutes to wait once they are used up.

    Args:
        headers: the answer's, with lower-case names.
        now: seconds since the epoch, used where the answer carries no date of its own.
    """
    for prefix in _PREFIXES:
        remaining = _number(headers.get(f"{prefix}remaining", ""))
        after = headers.get(f"{prefix}reset-after") or headers.get(f"{prefix}reset", "")
        reset_in = _until(after, _now(headers, now))
        if remaining is not None and reset_in is not None:
            limit = _number(headers.get(f"{prefix}limit", "").partition(",")[0]) or 0.0
            return Limits(remaining, limit, reset_in)
    return _draft(headers.get("ratelimit", "")) or _usage(headers)


def _draft(header: str) -> Limits | None:
    """Read the one header of the IETF's later drafts; the scarcest of its budgets counts.

    Source: draft-ietf-httpapi-ratelimit-headers, 07 (`limit=100, remaining=0, reset=30`) and 10 (`"day";r=0;t=30`).
    """
    told = [dict(_MEMBER.findall(each)) for each in _BUDGETS.split(header[:1000])]
    found = [
        Limits(float(remaining), float(budget.get("limit", 0)), _clamped(float(reset)))
        for budget in told
        if (remaining := budget.get("remaining") or budget.get("r"))
        and (reset := budget.get("reset") or budget.get("t"))
    ]
    return min(found, key=lambda limits: limits.remaining, default=None)


def _usage(headers: Mapping[str, str]) -> Limits | None:
    """Read Meta's usage headers; the fullest budget counts."""
    told = [use for name in _USAGES for use in _uses(headers.get(name, ""))]
    if not told:
        return None
    used = max(_number(str(use.get(key))) or 0.0 for use in told for key in _PERCENTAGES)
    minutes = max(_number(str(use.get("estimated_time_to_regain_access"))) or 0.0 for use in told)
    regained = _clamped(60.0 * minutes)
    if regained or used >= 100:
        return Limits(0.0, 100.0, regained or _USED_UP, shared=True)
    return Limits(100.0 - used, 100.0, _USAGE_WINDOW, shared=True)


def _uses(header: str) -> Iterator[Fields]:
    try:
        value = table(parse_json(header.encode()))
    except ValueError:
        return
    if any(key in value for key in _PERCENTAGES):
        yield value
    for each in value.values():
        yield from rows(each)


def retry_after(headers: Mapping[str, str], now: float, *, default: float = 60.0) -> float:
    """Read how many seconds a refusal (429, 503) asks us to wait.

    `Retry-After` in seconds or as an HTTP date comes first, then the reset of the budget.

    Args:
        headers: the answer's, with lower-case names.
        now: seconds since the epoch.
        default: what to wait where nothing is said.
    """
    asked = _until(headers.get("retry-after", ""), _now(headers, now))
    if asked is None:
        limits = read_limits(headers, now)
        # a share that is not used up says nothing of this refusal
        asked = limits.reset_in if limits and not (limits.shared and limits.remaining >= 1) else default
    return max(1.0, asked)


def asked_to_wait(headers: Mapping[str, str], now: float) -> float:
    """Read how many seconds a server in trouble (503) asks to be left alone: `Retry-After`, 0 where it says nothing."""
    asked = _until(headers.get("retry-after", ""), _now(headers, now))
    return 0.0 if asked is None else max(1.0, asked)


def bucket_of(method: str, url: str, token: Secret | None) -> str:
    """Name the budget a request draws on: platforms count by account, method and kind of request."""
    last = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    kind = "*" if any(char.isdigit() for char in last) else last
    return f"{account_of(url, token)} {method} {kind}"


def account_of(url: str, token: Secret | None) -> str:
    """Name the budget on which every request of an account draws: the first two words of all its buckets."""
    return f"{host_of(url)} {hash(token)}"


def _account(bucket: str) -> str:
    """Name the budget on which every request of an account draws: its first two words."""
    return " ".join(bucket.split(" ")[:2])


class Pacer:
    """Slows down before a limit is hit, bucket by bucket, from what the platform's answers say is left.

    While plenty is left nothing waits. In the last fifth of a budget the remaining requests are spread over the time
    that remains; with nothing left, requests wait for the new window. What is under way counts as spent.
    """

    _MOST_BUCKETS = 256

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[Limits, float]] = OrderedDict()
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def spending(self, bucket: str) -> Iterator[None]:
        """Count a request as spent while it is under way: no answer tells of it yet."""
        self._under_way[bucket] += 1
        try:
            yield
        finally:
            self._under_way[bucket] -= 1
            if not self._under_way[bucket]:
                del self._under_way[bucket]

    def heard(self, bucket: str, headers: Mapping[str, str], now: float) -> None:
        """Take in the headers of an answer that drew on `bucket`."""
        limits = read_limits(headers, now)
        if limits is None:
            return
        bucket = _account(bucket) if limits.shared else bucket
        ends = now + limits.reset_in
        before, ended = self._buckets.get(bucket, (limits, ends))
        if abs(ended - ends) < _SAME_END:  # of two answers the one that was longer on its way may tell of more
            limits = structs.replace(limits, remaining=min(limits.remaining, before.remaining))
        self._buckets[bucket] = (limits, ends)
        self._buckets.move_to_end(bucket)
        if len(self._buckets) > self._MOST_BUCKETS:
            self._buckets.popitem(last=False)

    def wait(self, bucket: str, now: float, *, urgent: bool) -> float:
        """Return the seconds to wait before the next request of `bucket`.

        Args:
            bucket: as given to `heard`.
            now: seconds since the epoch.
            urgent: a person is waiting (a sending): only an exhausted budget holds it up.
        """
        family = {bucket, *self._kin(bucket, now)}
        under_way = sum(self._under_way[each] for each in family | self._unheard(_account(bucket), now))
        shared = self._wait(_account(bucket), 0, now, urgent=urgent)  # told in shares: nobody knows what a request is
        return max(shared, *(self._wait(each, under_way, now, urgent=urgent) for each in family))

    def _kin(self, bucket: str, now: float) -> list[str]:
        """Name the buckets that most likely draw on the same budget: of the account, of the same size, with one end.

        Some platforms count all requests of an account together (Mastodon), others each kind apart (X), and the headers
        do not say which. Of a bucket whose last window is over the size alone is compared.
        """
        limits, reset = self._buckets.get(bucket, (None, 0.0))
        if limits is None or not limits.limit:
            return []
        account = _account(bucket)
        return [
            other
            for other, (told, ends) in self._buckets.items()
            if told.limit == limits.limit and (reset <= now or abs(ends - reset) < 2.0) and _account(other) == account
        ]

    def _unheard(self, account: str, now: float) -> set[str]:
        """Name the kinds of requests under way of which nothing is known in this window: they may draw on any budget."""
        over = (None, 0.0)
        return {
            each for each in self._under_way if _account(each) == account and self._buckets.get(each, over)[1] <= now
        }

    def left(self, account: str, now: float) -> Budget | None:
        """Tell what is left of the scarcest budget of an account (`account_of`); None where its answers tell of none."""
        told = [
            Budget(min(max(limits.remaining / limits.limit, 0.0), 1.0), reset)
            for bucket, (limits, reset) in self._buckets.items()
            if _account(bucket) == account and limits.limit > 0 and reset > now
        ]
        return min(told, key=lambda budget: budget.left, default=None)

    def _wait(self, bucket: str, under_way: int, now: float, *, urgent: bool) -> float:
        limits, reset = self._buckets.get(bucket, (None, 0.0))
        if limits is None or reset <= now:
            return 0.0
        remaining = limits.remaining - under_way
        if remaining < 1:
            return reset - now
        if urgent or remaining > limits.limit / 5:
            return 0.0
        return (reset - now) / (remaining + 1)
