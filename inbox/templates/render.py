"""Render: a template and the house's facts become the text to send, or the names of what is missing."""

import re
from string import Template as Dollar

from msgspec import Struct

from inbox.templates.facts import Facts, canonical
from inbox.templates.template import Template
from inbox.templates.typography import typeset

_OPENING = re.compile(r"(\A|[.!?…][\s\u00a0\u202f]+|\n)\$\{?([a-z_][a-z0-9_]*)\}?")
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


class Rendered(Struct, frozen=True):
    """A text filled in.

    Attributes:
        text: the text; what is missing still stands in it as `$name`.
        missing: names without a value, as spelled in the template, in order of appearance.
        start: where the first missing one stands, in code points; -1 when nothing is missing.
    """

    text: str
    missing: tuple[str, ...] = ()
    start: int = -1

    @property
    def ready(self) -> bool:
        """Whether it may be sent."""
        return not self.missing


def _capital(value: str) -> str:
    """Give a value that opens a sentence its capital; addresses stay as they are."""
    return value if "://" in value or "@" in value else value[:1].upper() + value[1:]


class RenderedThread(Struct, frozen=True):
    """A dedicated thread filled in: what is opened, and the house's comment that leads there.

    Attributes:
        title: its title.
        opening: the opening text with the house rules under it.
        announcement: the comment for under the post.
    """

    title: Rendered
    opening: Rendered
    announcement: Rendered


def placeholders(text: str) -> list[str]:
    """List the placeholders of a text as spelled there, each once, in order; lone `$` are not among them."""
    return list(dict.fromkeys(Dollar(text).get_identifiers()))


def fill(text: str, facts: Facts, language: str) -> Rendered:
    """Fill one text; values are never read as placeholders again, and a lone `$` (the lint finds it) stays as it is."""
    known = facts.of(language)
    values = {n: known[canonical(n)] for n in placeholders(text) if canonical(n) in known}
    missing = tuple(n for n in placeholders(text) if n not in values)
    opening = _OPENING.sub(lambda m: f"{m[1]}${{{m[2]}__}}" if m[2] in values else m[0], text)
    values |= {f"{name}__": _capital(value) for name, value in values.items()}
    # a value may bring its own full stop ("6 p.m."): never two
    filled = _TWO_STOPS.sub(".", typeset(Dollar(opening).safe_substitute(values), language))
    if not missing:
        return Rendered(filled)
    first = re.search(rf"\$\{{?{missing[0]}(?![a-z0-9_])", filled)
    return Rendered(filled, missing, first.start() if first else -1)


def render(template: Template, facts: Facts, *, variant: int = 0) -> Rendered:
    """Fill a template's body.

    Args:
        template: what to fill.
        facts: what to fill it with, those of this moment included (`Facts.given`).
        variant: which wording; counts round.
    """
    bodies = template.bodies
    return fill(bodies[variant % len(bodies)], facts, template.language)


def render_thread(template: Template, facts: Facts) -> RenderedThread:
    """Fill a thread's title, its opening with the rules under it, and the comment that announces it."""
    rules = "".join(f"\n– {rule}" for rule in template.rules)
    return RenderedThread(
        title=fill(template.title, facts, template.language),
        opening=fill(f"{template.body}\n{rules}" if rules else template.body, facts, template.language),
        announcement=fill(template.announcement, facts, template.language),
    )
