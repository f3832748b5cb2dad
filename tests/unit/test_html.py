"""HTML to text: what readers of a comment must see, and what hostile nesting must not cost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._html import MAX_HTML, html_to_text
from connectors._text import sanitise

LINK = (
    '<a href="https://example.org/guide/visit?lang=fr" rel="nofollow"><span class="invisible">https://</span>'
    '<span class="ellipsis">example.org/guide</span><span class="invisible">/visit?lang=fr</span></a>'
)

NESTING = [
    "<a ",
    "<div>",
    "<ul><li>",
    "<span>",
    "<p>",
    "<pre>",
    "<li><p>",
    "<a href='https://x.example'>",
    "<template>",
]
NESTING += ["<", "<a><li>", "&amp", "<table><tr><td>", "<b id=x>", "<svg>", "<!--", "<select><option>", "<h1><p>"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>Two<br/>Three</p>", "One\nTwo\nThree"),
        ("no tags &amp; entities &eacute;&#128512;&nbsp;!", "no tags & entities é😀\xa0!"),
        ("<p>a  \n\t b</p>", "a b"),
        ("<ul><li>first</li><li>second</li></ul><p>after</p>", "• first\n• second\n\nafter"),
        ('<p>look <img alt=":blobcat:" src="x"> here</p>', "look :blobcat: here"),
        ("<script>alert(1)</script><style>p{}</style><p>seen</p>", "seen"),
        ("<p>a <!-- hidden --> b</p>", "a b"),
        ("<h1>Title</h1><blockquote>said</blockquote><pre>code</pre>", "Title\n\nsaid\n\ncode"),
        ("a < b and c > d", "a < b and c > d"),
        ("", ""),
    ],
)
def test_layout(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (LINK, "https://example.org/guide/visit?lang=fr"),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        ('<a href="https://example.org/a/b">example.org/a…</a>', "https://example.org/a/b"),
        ('<a href="https://evil.example">your museum</a>!', "your museum (https://evil.example)!"),
        ('<a href="https://evil.example">https://museum.example</a>', "https://museum.example (https://evil.example)"),
        ('<a href="https://m.example/@leo" class="u-url mention">@<span>leo</span></a> hi', "@leo hi"),
        ('<a href="https://m.example/tags/expo" class="hashtag">#<span>expo</span></a>', "#expo"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<a href="https://example.org/x"></a>', "https://example.org/x"),
        ("<a>no target</a>", "no target"),
    ],
)
def test_a_link_shows_where_it_leads_exactly_once(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize("piece", NESTING)
def test_hostile_nesting_costs_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        html = piece * (size // len(piece))
        best = 10.0
        for _ in range(3):
            began = time.process_time()
            html_to_text(html)
            best = min(best, time.process_time() - began)
        return best

    small, large = cost(MAX_HTML // 8), cost(MAX_HTML)

    assert large < max(0.05, 32 * small)  # quadratic would be 64 times
    assert large < 2.0


@given(st.text(alphabet="<>/apbrli=\"' &;#x1\u202e\x1bhttps:.é", max_size=200))
def test_whatever_comes_the_text_is_safe(html: str) -> None:
    text = html_to_text(html)

    assert sanitise(text) == text


@given(st.text(max_size=100))
def test_text_that_is_escaped_comes_back_whole(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert html_to_text(f"<p>{escaped}</p>").split() == sanitise(text).split()
