"""What readers will see of a text: addresses shortened as the platform does, mentions and tags marked."""

from hypothesis import given
from hypothesis import strategies as st

from connectors import _bluesky_facets as bluesky
from connectors import _mastodon_entities as mastodon
from connectors._appearance import with_links
from connectors._model import Appearance

LONG = "https://www.musee.example/expositions/je-suis-innocent/reservation"


def parts(shown: Appearance) -> list[tuple[str, str]]:
    """Return each marked part with its kind."""
    return [(mark.kind, shown.text[mark.start : mark.end]) for mark in shown.marks]


def test_an_address_is_a_link_and_the_full_stop_after_it_is_not() -> None:
    assert parts(with_links("Tout est ici : https://musee.example/acces.")) == [("link", "https://musee.example/acces")]


def test_mastodon_hides_the_scheme_and_cuts_after_thirty_characters() -> None:
    shown = mastodon.appearance(f"Réservez : {LONG} merci")
    assert shown.text == "Réservez : musee.example/expositions/je-s… merci"
    assert parts(shown) == [("link", "musee.example/expositions/je-s…")]


def test_mastodon_shows_whom_it_mentions_without_their_server() -> None:
    shown = mastodon.appearance("@camille@autre.example bonjour @lou #épée")
    assert parts(shown) == [("mention", "@camille"), ("mention", "@lou"), ("tag", "#épée")]
    assert shown.text == "@camille bonjour @lou #épée"


def test_bluesky_marks_by_characters_what_its_facets_mark_by_bytes() -> None:
    shown = bluesky.appearance("déjà vu @camille.bsky.social : https://musee.example/é #épée")
    assert parts(shown) == [
        ("mention", "@camille.bsky.social"),
        ("link", "https://musee.example/é"),
        ("tag", "#épée"),
    ]


@given(st.text(alphabet="ab é@#/.:htps w🙂\n", max_size=60))
def test_marks_lie_in_the_text_in_order_and_apart(words: str) -> None:
    for shown in (mastodon.appearance(words), bluesky.appearance(words), with_links(words)):
        edges = [edge for mark in shown.marks for edge in (mark.start, mark.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(shown.text) for edge in edges)
