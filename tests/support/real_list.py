"""What real servers taught, each fact with the checks that show it: the list that `make real` prints at its end."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Fact(NamedTuple):
    """One fact of one server.

    Attributes:
        server: whose.
        words: the fact.
        checks: the tests that show it, by name; none where nothing of ours meets it.
        why: why there is no check.
    """

    server: str
    words: str
    checks: tuple[str, ...]
    why: str = ""


FACTS = (
    Fact("Bluesky", "a reply that is dated back is not missed", ("test_a_reply_dated_back_by_years_is_not_missed",)),
    Fact(
        "Bluesky",
        "replies of one moment do not fall between two pages",
        ("test_a_flood_of_one_single_moment_loses_none",),
    ),
    Fact("Bluesky", "a reply never notified is swept", ("test_a_conversation_that_nobody_is_notified_of_is_swept",)),
    Fact(
        "Bluesky",
        "what is hidden is notified no more and stands in the thread",
        ("test_a_hidden_reply_is_notified_no_more_and_still_stands_in_the_thread",),
    ),
    Fact(
        "Bluesky",
        "a used record key is refused, the identical record is not",
        (
            "test_a_used_key_is_a_failure_for_a_new_record_and_no_change_for_the_identical_one",
            "test_a_reply_arrives_once_however_often_it_is_sent",
            "test_our_reply_is_found_under_its_key",
        ),
    ),
    Fact(
        "Bluesky",
        "a bad token and a missing profile are both 400",
        ("test_a_bad_token_and_a_missing_profile_are_both_400",),
    ),
    Fact(
        "Bluesky",
        "the network listens on 127.0.0.1 alone",
        (
            "test_a_port_open_to_the_street_would_be_seen",
            "test_the_whole_network_of_bluesky_listens_on_this_machine_alone",
        ),
    ),
    Fact(
        "WordPress",
        "an identical reply is refused as a duplicate",
        ("test_a_reply_is_there_once_however_often_it_is_sent",),
    ),
    Fact(
        "WordPress",
        "a stranger cannot comment through the API: 401",
        ("test_a_stranger_cannot_comment_through_the_api",),
    ),
    Fact("WordPress", "a visitor's flood: 429", ("test_a_flood_is_not_sent_and_may_be_tried_again",)),
    Fact("WordPress", "closed comments: 403", ("test_a_reply_to_closed_comments_is_rejected_with_a_way_out",)),
    Fact("WordPress", "a page past the end: 200 []", ("test_a_page_past_the_end_is_an_empty_list",)),
    Fact("WordPress", "texts are HTML with entities", ("test_text_is_read_as_people_see_it",)),
    Fact(
        "WordPress",
        "site and database listen on 127.0.0.1 alone",
        ("test_wordpress_and_its_database_listen_on_this_machine_alone",),
    ),
    Fact(
        "SSH",
        "bytes of a first screen and of 20 moves, plain and compressed",
        ("test_a_first_screen_and_twenty_moves_cost_a_slow_line_little",),
    ),
    Fact(
        "SSH",
        "a dropped line loses nothing, and the next login goes on",
        (
            "test_a_line_cut_in_mid_scroll_harms_neither_the_engine_nor_the_next_login",
            "test_a_line_cut_in_mid_send_lets_the_outbox_go_on_and_the_next_login_shows_it",
            "test_a_line_cut_in_mid_reply_keeps_the_draft_for_the_next_login",
        ),
    ),
    Fact(
        "Graph API",
        "Meta's own client drives our fake, and knows every request of ours",
        (
            "test_metas_own_client_reads_and_writes_the_fake_as_it_would_the_real_one",
            "test_every_field_of_the_fake_is_one_that_the_client_knows",
            "test_the_client_knows_every_request_that_we_make",
        ),
    ),
    Fact("NATS", "writes resume after a lost majority", (), "nothing of becalm speaks to NATS: a desk lies in files"),
)


def told(outcomes: Mapping[str, Iterable[str]], facts: Iterable[Fact] = FACTS) -> Iterator[str]:
    """Tell what became of every fact in a run, a line each.

    Args:
        outcomes: for the name of each test that ran, what became of it and of its variants, in pytest's words.
        facts: the list.
    """
    for fact in facts:
        yield f"{_verdict(fact, outcomes):8} {fact.server:10} {fact.words}{f' ({fact.why})' if fact.why else ''}"


def _verdict(fact: Fact, outcomes: Mapping[str, Iterable[str]]) -> str:
    """Return the worst that became of a fact's checks."""
    if not fact.checks:
        return "no check"
    became = {outcome for check in fact.checks for outcome in outcomes.get(check, ["not run"])}
    return next(each for each in ("failed", "error", "skipped", "not run", "passed") if each in became)
