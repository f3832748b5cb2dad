"""Search: a template by what one remembers of it, in the body, the tags or the situation."""

import unicodedata
from collections.abc import Iterable

from inbox.templates.template import Template


def fold(text: str) -> str:
    """Reduce a text to what two spellings of it share: no case, no accents, plain apostrophes and spaces."""
    text = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def _rank(template: Template, word: str) -> float:
    """Return how well one folded word finds a template: 0 for not at all."""
    name, body = fold(template.stem).replace("-", " "), fold(" ".join((template.title, *template.bodies)))
    tags = [fold(t) for t in template.tags]
    kinds = (template.kind.value, (template.register or "").replace("-", " "), *template.situation)
    if word in tags or name.startswith(word):
        return 8
    if any(t.startswith(word) for t in tags):
        return 6
    if word in name or any(word in t for t in (*tags, *map(fold, kinds))):
        return 5
    if body.startswith(word) or f" {word}" in body:
        return 4
    if word in body:
        return 3
    return 1 if scattered(word, name) else 0


def scattered(word: str, text: str) -> bool:
    """Tell whether the letters of `word` come in `text` in that order ("cstd" finds "constat d etat")."""
    letters = iter(text)
    return len(word) > 2 and all(c in letters for c in word)


def find(query: str, templates: Iterable[Template]) -> list[Template]:
    """List the templates every word of a query finds, the best first, then in the order they came in.

    Case, accents and ligatures play no part; an empty query lists everything.
    """
    words = fold(query).split()
    ranked = []
    for template in templates:
        ranks = [_rank(template, w) for w in words]
        if all(ranks):
            ranked.append((-sum(ranks), template))
    return [t for _, t in sorted(ranked, key=lambda pair: pair[0])]
