"""Rate limits: each platform's dialect, and pacing before a limit is hit."""

import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from connectors._limits import LONGEST, Budget, Limits, Pacer, account_of, bucket_of, read_limits, retry_after
from connectors._secret import Secret

NOW = 1_790_000_000.0


def http_date(at: float) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30),
        ({"retry-after": http_date(NOW + 90)}, 90),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": iso(NOW + 120)}, 120),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(NOW + 60)}, 60),
        ({"ratelimit-remaining": "0", "ratelimit-reset": str(int(NOW) + 45)}, 45),
        ({"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "17"}, 17),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(NOW + 9), "x-ratelimit-reset-after": "9.5"}, 9.5),
        ({"retry-after": "30", "x-ratelimit-remaining": "0", "x-ratelimit-reset": iso(NOW + 120)}, 30),
        ({}, 60),
        ({"retry-after": "soon"}, 60),
        ({"retry-after": "nan"}, 60),
        ({"retry-after": "inf"}, 60),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "-5"}, 1),
        ({"retry-after": "1e300"}, LONGEST),
        ({"retry-after": http_date(NOW - 90)}, 1),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9999-12-31T23:59:59Z"}, LONGEST),
    ],
)
def test_how_long_a_refusal_asks_us_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers, NOW) == pytest.approx(seconds, abs=1e-3)


def test_the_servers_own_clock_is_believed_where_ours_is_wrong() -> None:
    headers = {"date": http_date(NOW), "x-ratelimit-remaining": "0", "x-ratelimit-reset": iso(NOW + 120)}

    assert retry_after(headers, NOW + 3600) == pytest.approx(120)


def test_a_budget_is_read_whole() -> None:
    headers = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "299", "x-ratelimit-reset": iso(NOW + 10)}

    limits = read_limits(headers, NOW)

    assert limits is not None
    assert (limits.remaining, limits.limit, round(limits.reset_in, 3)) == (299, 300, 10)


@pytest.mark.parametrize("headers", [{}, {"x-ratelimit-remaining": "3"}, {"x-ratelimit-reset": "3"}])
def test_half_a_budget_is_none(headers: dict[str, str]) -> None:
    assert read_limits(headers, NOW) is None


def heard(remaining: int, reset_in: float = 100) -> Pacer:
    pacer = Pacer()
    headers = {
        "x-ratelimit-limit": "300",
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": iso(NOW + reset_in),
    }
    pacer.heard("reads", headers, NOW)
    return pacer


def test_nothing_waits_while_plenty_is_left() -> None:
    assert heard(299).wait("reads", NOW, urgent=False) == 0


def test_the_last_fifth_is_spread_over_the_time_that_remains() -> None:
    assert heard(49).wait("reads", NOW, urgent=False) == pytest.approx(2)


def test_a_sending_does_not_wait_while_anything_is_left() -> None:
    assert heard(1).wait("reads", NOW, urgent=True) == 0


def test_with_nothing_left_everything_waits_for_the_new_window() -> None:
    assert heard(0).wait("reads", NOW + 30, urgent=True) == pytest.approx(70)


def test_a_new_window_owes_nothing_to_the_old_one() -> None:
    assert heard(0).wait("reads", NOW + 101, urgent=False) == 0


def test_buckets_do_not_slow_each_other() -> None:
    assert heard(0).wait("others", NOW, urgent=False) == 0


# -- Meta's percentages --------------------------------------------------------------------------------


def usage(**headers: object) -> dict[str, str]:
    return {name.replace("_", "-"): json.dumps(value) for name, value in headers.items()}


@pytest.mark.parametrize(
    ("headers", "remaining", "reset_in"),
    [
        (usage(x_app_usage={"call_count": 28, "total_cputime": 25, "total_time": 31}), 69, 3600),
        (usage(x_page_usage={"call_count": 12, "total_cputime": 0, "total_time": 0}), 88, 3600),
        (usage(x_app_usage={"call_count": 9.5}), 90.5, 3600),
        (usage(x_app_usage={"call_count": 100}), 0, 600),
        (usage(x_app_usage={"call_count": 140}), 0, 600),
        (
            usage(
                x_app_usage={"call_count": 3},
                x_business_use_case_usage={
                    "17": [
                        {"type": "pages", "call_count": 40, "estimated_time_to_regain_access": 0},
                        {"type": "instagram", "total_time": 61, "estimated_time_to_regain_access": 0},
                    ]
                },
            ),
            39,
            3600,
        ),
        (
            usage(
                x_business_use_case_usage={
                    "17": [{"type": "pages", "call_count": 99, "estimated_time_to_regain_access": 7}]
                }
            ),
            0,
            420,
        ),
        (
            usage(x_business_use_case_usage={"17": [{"call_count": 1, "estimated_time_to_regain_access": 10**9}]}),
            0,
            LONGEST,
        ),
    ],
)
def test_metas_fullest_budget_counts(headers: dict[str, str], remaining: float, reset_in: float) -> None:
    assert read_limits(headers, NOW) == Limits(remaining, 100.0, reset_in, shared=True)


@pytest.mark.parametrize("value", ["", "{", "[]", "7", "null", '{"17": 7}', '{"17": [7]}'])
def test_an_odd_usage_header_says_nothing(value: str) -> None:
    assert read_limits({"x-business-use-case-usage": value}, NOW) is None


def test_a_share_that_is_not_used_up_says_nothing_of_a_refusal() -> None:
    assert retry_after(usage(x_app_usage={"call_count": 40}), NOW, default=600) == 600


def test_a_used_up_share_holds_up_every_request_of_the_account_and_no_other() -> None:
    pacer = Pacer()
    one, two = Secret("one"), Secret("two")
    read, write = "https://graph.example/v25.0/1/feed", "https://graph.example/v25.0/1_2/comments"

    pacer.heard(bucket_of("GET", read, one), usage(x_app_usage={"call_count": 100}), NOW)

    assert pacer.wait(bucket_of("POST", write, one), NOW, urgent=True) == 600
    assert pacer.wait(bucket_of("GET", read, two), NOW, urgent=False) == 0


def test_what_is_left_is_told_of_the_scarcest_budget_of_the_account_until_it_begins_anew() -> None:
    pacer, token = Pacer(), Secret("one")
    base = "https://ma.example"

    def heard(path: str, remaining: int) -> None:
        told = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": str(remaining), "x-ratelimit-reset": iso(NOW + 60)}
        pacer.heard(bucket_of("GET", f"{base}{path}", token), told, NOW)

    heard("/api/v1/notifications", 240)
    heard("/api/v1/statuses", 30)

    assert pacer.left(account_of(base, token), NOW) == Budget(0.1, NOW + 60)
    assert pacer.left(account_of(base, Secret("two")), NOW) is None
    assert pacer.left(account_of(base, token), NOW + 61) is None


def told(limit: int, remaining: int, ends: float) -> dict[str, str]:
    return {"x-ratelimit-limit": str(limit), "x-ratelimit-remaining": str(remaining), "x-ratelimit-reset": iso(ends)}


@pytest.mark.parametrize(
    ("limit", "ends", "waits"),
    [(300, NOW + 60, 60), (300, NOW + 30, 0), (30, NOW + 60, 0)],
    ids=["one budget", "another window", "another size"],
)
def test_kinds_of_requests_that_draw_on_one_budget_are_known_by_its_size_and_its_end(
    limit: int, ends: float, waits: float
) -> None:
    pacer, token = Pacer(), Secret("one")
    read, write = (bucket_of(method, "https://ma.example/api/v1/statuses", token) for method in ("GET", "POST"))

    pacer.heard(write, told(limit, limit - 1, ends), NOW)
    pacer.heard(read, told(300, 0, NOW + 60), NOW)

    assert pacer.wait(write, NOW, urgent=True) == waits


def test_a_kind_of_request_whose_window_is_over_asks_those_of_its_size() -> None:
    pacer, token = Pacer(), Secret("one")
    read, write = (bucket_of(method, "https://ma.example/api/v1/statuses", token) for method in ("GET", "POST"))

    pacer.heard(write, told(300, 299, NOW - 100), NOW - 300)
    pacer.heard(read, told(300, 0, NOW + 60), NOW)

    assert pacer.wait(write, NOW, urgent=True) == 60


def test_what_is_under_way_counts_as_spent() -> None:
    pacer, token = Pacer(), Secret("one")
    read, write = (bucket_of(method, "https://ma.example/api/v1/statuses", token) for method in ("GET", "POST"))
    pacer.heard(read, told(30, 1, NOW + 60), NOW)
    pacer.heard(write, told(30, 1, NOW + 60), NOW)

    assert pacer.wait(write, NOW, urgent=True) == 0
    with pacer.spending(read):
        assert pacer.wait(write, NOW, urgent=True) == 60
    assert pacer.wait(write, NOW, urgent=True) == 0


@pytest.mark.parametrize("heard", [NOW - 300, None], ids=["in a window that is over", "never"])
def test_what_is_under_way_counts_as_spent_where_its_kind_was_not_heard_of_in_this_window(heard: float | None) -> None:
    pacer, token = Pacer(), Secret("one")
    read, write = (bucket_of(method, "https://ma.example/api/v1/statuses", token) for method in ("GET", "POST"))
    if heard:
        pacer.heard(write, told(30, 29, heard + 60), heard)
    pacer.heard(read, told(30, 1, NOW + 60), NOW)

    with pacer.spending(write):
        assert pacer.wait(read, NOW, urgent=True) == 60
    assert pacer.wait(read, NOW, urgent=True) == 0


def test_a_request_under_way_holds_up_no_other_account() -> None:
    pacer = Pacer()
    mine, theirs = (bucket_of("GET", "https://ma.example/api/v1/statuses", Secret(name)) for name in ("one", "two"))
    pacer.heard(theirs, told(30, 1, NOW + 60), NOW)

    with pacer.spending(mine):
        assert pacer.wait(theirs, NOW, urgent=True) == 0


def test_an_answer_that_was_long_on_its_way_gives_nothing_back() -> None:
    pacer, bucket = Pacer(), bucket_of("GET", "https://ma.example/api/v1/statuses", Secret("one"))

    pacer.heard(bucket, told(30, 0, NOW + 60), NOW)
    pacer.heard(bucket, told(30, 1, NOW + 60), NOW)
    assert pacer.wait(bucket, NOW, urgent=True) == 60

    pacer.heard(bucket, told(30, 29, NOW + 120), NOW + 61)
    assert pacer.wait(bucket, NOW + 61, urgent=True) == 0
