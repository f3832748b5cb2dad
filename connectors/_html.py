"""HTML as platforms send it, into plain safe text: in linear time, whatever its nesting, with every link's target."""

import re
from typing import TYPE_CHECKING

from connectors._text import SafeText, sanitise

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_HTML = 400_000
"""Characters of HTML read of one comment; no platform allows its authors a tenth of it."""

# Everything that can nest becomes a paragraph break (which closes itself) or nothing before it reaches the parser:
# its scope checks walk the whole stack of open elements, 0.7 s for 100 kB of <div>.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_KEPT = frozenset({"p", "br", "a", "span", "li", "img", "script", "style", "iframe"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    }
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "pre"}
    | {"section", "summary", "table", "tr", "ul"}
)
_UNSEEN = frozenset({"script", "style", "iframe"})
_SPACES = re.compile("[ \t\r\n\f]+")
_MANY_BREAKS = re.compile("\n{3,}")
_MANY_SPACES = re.compile(" {2,}")
_SHOWN_SCHEMES = ("http://", "https://", "mailto:", "gemini://", "xmpp:", "matrix:")


def _flat(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name in _KEPT:
        return match[0]
    return "<p>" if name in _BLOCKS else ""


class _Writer:
    """Collects the text of one document in reading order."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._links: list[tuple[str, int]] = []

    def enter(self, node: "LexborNode") -> None:
        tag = node.tag
        if tag == "-text":
            self.pieces.append(_SPACES.sub(" ", node.text_content or ""))
        elif tag == "p":
            self.pieces.append("\n\n")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n• ")
        elif tag == "img":
            self.pieces.append(node.attributes.get("alt") or "")
        elif tag == "a":
            self._links.append((node.attributes.get("href") or "", len(self.pieces)))

    def leave(self, node: "LexborNode") -> None:
        if node.tag == "p":
            self.pieces.append("\n\n")
        elif node.tag == "a":
            href, start = self._links.pop()
            self.pieces[start:] = [_link("".join(self.pieces[start:]), href)]

    def text(self) -> str:
        lines = (_MANY_SPACES.sub(" ", line).strip(" ") for line in "".join(self.pieces).split("\n"))
        return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip("\n ")


def _bare(url: str) -> str:
    return re.sub("^[a-z]+://(?:www\\.)?", "", url.strip().lower()).rstrip("/")


def _link(shown: str, href: str) -> str:
    """Show where a link leads, once: its text alone where it says so (or is a mention), else both."""
    words = shown.strip()
    if not href.lower().startswith(_SHOWN_SCHEMES) or words.startswith(("@", "#")):
        return shown
    if not words:
        return href
    if _bare(words) == _bare(href):
        return shown
    if words.endswith(("…", "...")) and _bare(href).startswith(_bare(words.rstrip("….") or "\0")):
        return shown.replace(words, href)
    return f"{shown.rstrip()} ({href}) " if shown.endswith(" ") else f"{shown} ({href})"


def html_to_text(html: str) -> SafeText:
    """Turn a comment's HTML into plain text.

    Paragraphs are parted by an empty line, `br` breaks the line, list items begin with a bullet, pictures give their
    alternative text. A link gives its full address exactly once: Mastodon's `invisible` spans are parts of it and are
    kept, a shortened text is replaced by it, any other text is followed by it in brackets; mentions and hashtags keep
    their text alone. Scripts and styles are dropped.

    Args:
        html: a fragment as received; anything else is taken for text.
    """
    from selectolax.lexbor import LexborHTMLParser

    html = html[:MAX_HTML]
    if "<" not in html and "&" not in html:
        return sanitise(_SPACES.sub(" ", html).strip())
    body = LexborHTMLParser(_TAG.sub(_flat, html).encode("utf-8", "replace").decode()).body
    writer = _Writer()
    node = body.first_child if body else None
    depth = 0
    while node is not None:
        unseen = node.tag in _UNSEEN
        if not unseen:
            writer.enter(node)
            if (child := node.first_child) is not None:
                node, depth = child, depth + 1
                continue
            writer.leave(node)
        while node.next is None and depth:
            node, depth = node.parent, depth - 1
            assert node is not None
            writer.leave(node)
        node = node.next
    return sanitise(writer.text())
