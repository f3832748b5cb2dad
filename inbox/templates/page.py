"""The page: every text a house has, filled in and readable by people who will never open a terminal."""

import sys
from collections.abc import Iterator

from inbox.templates.facts import Facts, examples
from inbox.templates.packs import Library, load
from inbox.templates.render import fill
from inbox.templates.template import LANGUAGES, Kind, Template

_HEADINGS = {
    Kind.OFFBEAT: ("Réponses décalées", "Offbeat replies"),
    Kind.PLAIN: ("Réponses pratiques", "Plain answers"),
    Kind.SOBER: ("Réponses sobres", "Sober answers"),
    Kind.FORWARDED: ("C’est transmis", "Forwarded"),
    Kind.APPEAL: ("Appels au calme", "Appeals for calm"),
    Kind.INVITATION: ("Invitations", "Invitations"),
    Kind.NOTICE: ("Messages d’apaisement", "Calming notices"),
    Kind.THREAD: ("Fils dédiés", "Dedicated threads"),
}


def _quote(text: str) -> str:
    return "> " + text.strip().replace("\n", "\\\n> ")


def _entry(template: Template, facts: Facts) -> Iterator[str]:
    def filled(text: str) -> str:
        return fill(text, facts, template.language).text

    register = f", {template.register}" if template.register else ""
    yield f"**{template.stem}**{register}" + (f": {filled(template.title)}" if template.title else "")
    for body in template.bodies:
        yield _quote(filled(body))
    if template.rules:
        yield "\n".join(f"- {filled(rule)}" for rule in template.rules)
    if template.announcement:
        yield _quote(filled(template.announcement))


def page(library: Library, facts: Facts) -> str:
    """Write every template as Markdown, by language and kind, filled from the facts."""
    parts = [
        "# Every text that ships",
        "Filled with an invented house's facts. Made by `python -m inbox.templates.page`.",
    ]
    for place, language in enumerate(LANGUAGES):
        for kind, headings in _HEADINGS.items():
            parts.append(f"## {headings[place]} ({language})")
            for template in library.of(kind, language=language):
                parts += _entry(template, facts)
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(load(), examples()))
