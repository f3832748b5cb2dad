"""The joke gate on the labelled museum set beside the repository: what it refuses and allows, by language, heading and exhibition.

Run: make bench-gate. Only what a text and its post can tell is counted: refusals by the state of a crisis are left out.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from scored_sets import SHARED

from inbox.templates import Context
from inbox.templates.gate import Ruling, Verdict, rule
from inbox.templates.headings import Heading
from scoring import assess

MUSEUM = SHARED / "museum"


class Comment(Struct, frozen=True):
    """A labelled comment; the fields that are asked for."""

    exhibition: str
    platform: str
    post: str
    at: datetime
    lang: str
    text: str
    joke: str
    joke_reason: str | None = None


class Thread(Struct, frozen=True):
    """A labelled thread; the fields that are asked for."""

    post: str
    post_text: str = ""


class Exhibition(Struct, frozen=True):
    """An exhibition; the field that is asked for."""

    sensitive: tuple[str, ...] = ()


Judged = tuple[Comment, Ruling]


def judged() -> list[Judged]:
    """Judge every labelled comment that its text and its post decide."""
    posts = {
        thread.post: thread.post_text
        for line in (MUSEUM / "museum.threads.jsonl").read_text("utf-8").splitlines()
        for thread in [msgspec.json.decode(line, type=Thread)]
    }
    houses = msgspec.json.decode((MUSEUM / "museum.exhibitions.json").read_bytes(), type=dict[str, Exhibition])
    found = []
    for line in (MUSEUM / "museum.comments.jsonl").read_text("utf-8").splitlines():
        comment = msgspec.json.decode(line, type=Comment)
        if comment.joke_reason and "crisis" in comment.joke_reason:
            continue
        context = Context(
            text=comment.text,
            assessment=assess(comment.text, lang=comment.lang),
            language=comment.lang if comment.lang in {"fr", "en"} else "",
            platform=comment.platform,
            post_text=posts.get(comment.post, ""),
            themes=houses[comment.exhibition].sensitive,
            at=comment.at,
        )
        found.append((comment, rule(context)))
    return found


def share(name: str, rows: Sequence[Judged], label: str, holds: Callable[[Ruling], bool]) -> None:
    """Print how many of the rows with a label the gate judged so."""
    meant = [ruling for comment, ruling in rows if comment.joke == label]
    if meant:
        right = sum(map(holds, meant))
        print(f"{name:<72}{right:5} of {len(meant):4}  {100 * right / len(meant):5.1f} %")


def refused(ruling: Ruling) -> bool:
    """Whether only a second person could lift it."""
    return ruling.verdict is Verdict.HARD


def allowed(ruling: Ruling) -> bool:
    """Whether nothing speaks against a joke."""
    return ruling.verdict is Verdict.OK


def main() -> int:
    """Print the table."""
    if not MUSEUM.exists():
        print("joke gate: skipped, the labelled museum set is not beside the repository")
        return 0
    rows = judged()
    for language in ("fr", "en"):
        own = [row for row in rows if row[0].lang == language]
        share(f"{language}: hard, refused", own, "hard", refused)
        share(f"{language}: ok, allowed", own, "ok", allowed)
    for heading in Heading:
        share(f"hard, {heading}"[:70], [r for r in rows if r[0].joke_reason == heading.value], "hard", refused)
    for place, exhibition in enumerate(sorted({comment.exhibition for comment, _ in rows}), 1):
        own = [row for row in rows if row[0].exhibition == exhibition]
        share(f"exhibition {place}: hard, refused", own, "hard", refused)
        share(f"exhibition {place}: ok, allowed", own, "ok", allowed)
    explained = sum(bool(ruling.reasons) for _, ruling in rows if ruling.verdict is not Verdict.OK)
    print(f"refusals with a reason: {explained} of {sum(r.verdict is not Verdict.OK for _, r in rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
