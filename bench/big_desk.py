"""Big desks for measuring: any number of plausible comments, scored and kept as the engine keeps them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import structs

from connectors._model import Author, Comment, Post
from connectors._text import sanitise
from inbox.events import AnyEvent, Seen, StateSet
from inbox.item import TriageState, key_of
from inbox.store import Store
from scoring import assess

SOURCE = "museum"
PAGE = 40
POSTS = 60
TEXTS = 400
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
WORDS = [
    "la",
    "salle",
    "des",
    "lumières",
    "était",
    "fermée",
    "pourquoi",
    "personne",
    "ne",
    "répond",
    "à",
    "nos",
    "questions",
    "depuis",
    "mardi",
    "merci",
    "quand",
    "même",
    "au",
    "guide",
    "very",
    "moving",
    "show",
    "but",
    "the",
    "queue",
    "outside",
    "was",
    "a",
    "disgrace",
    "and",
    "nobody",
    "told",
    "us",
    "honte",
    "à",
    "vous",
    "cette",
    "œuvre",
    "n’a",
    "rien",
    "à",
    "faire",
    "ici",
    "take",
    "it",
    "down",
    "now",
    "rendez-vous",
    "samedi",
    "devant",
    "l’entrée",
    "je",
    "reviendrai",
    "avec",
    "mes",
    "élèves",
    "🙂",
    "tickets",
    "audio",
]


def _texts(chance: random.Random) -> list[str]:
    return [
        " ".join(chance.choices(WORDS, k=chance.randint(4, 40))) + chance.choice((".", " ?", "!", ""))
        for _ in range(TEXTS)
    ]


def pages(number: int, *, seed: int = 7) -> Iterator[list[AnyEvent]]:
    """Yield the transactions of a desk with `number` comments; every second page is closed soon after."""
    chance = random.Random(seed)
    texts = _texts(chance)
    assessments = {text: assess(text) for text in texts}
    posts = tuple(
        Post(native_id=f"post{n}", title=sanitise(f"Salle {n}"), text=sanitise(f"Nouvel accrochage, salle {n}"))
        for n in range(POSTS)
    )
    for first in range(0, number, PAGE):
        comments = tuple(_comment(n, texts, chance) for n in range(first, min(first + PAGE, number)))
        at = comments[-1].created_at + timedelta(seconds=20)
        yield [
            Seen(
                at=at,
                source=SOURCE,
                comments=comments,
                assessments=tuple(assessments[c.text] for c in comments),
                posts=posts if not first else (),
                cursor=f'{{"since":"{first}"}}',
            )
        ]
        if first // PAGE % 2:
            keys = tuple(key_of(SOURCE, c.native_id) for c in comments)
            yield [
                StateSet(at=at + timedelta(minutes=2), by="lou", keys=keys, state=TriageState.DONE, act=f"act{first}")
            ]


def _comment(number: int, texts: list[str], chance: random.Random) -> Comment:
    who = int(chance.paretovariate(0.6)) % 40_000
    text = chance.choice(texts)
    comment = Comment(
        native_id=f"{10**17 + number}",
        post_id=f"post{int(chance.paretovariate(0.4)) % POSTS}",
        author=Author(
            native_id=f"{5 * 10**9 + who}",
            handle=sanitise(f"visitor{who}"),
            name=sanitise(f"Visitor {who}"),
            url=sanitise(f"https://example.social/@visitor{who}"),
        ),
        text=sanitise(text),
        created_at=START + timedelta(seconds=7 * number),
        url=sanitise(f"https://example.social/@visitor{who}/{10**17 + number}"),
        network="mastodon",
    )
    if number and chance.random() < 0.25:
        comment = structs.replace(comment, parent_id=f"{10**17 + number - chance.randint(1, min(number, 50))}")
    return comment


def build(folder: Path, number: int) -> None:
    """Write a desk with `number` comments into `folder`."""
    store = Store(folder, holder="bench")
    for events in pages(number):
        store.append(events, human=False)
    store.close()
