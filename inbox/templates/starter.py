"""Starter: the TOML a writer begins with, sound from its first line."""

import json

from inbox.templates.facts import FIELDS
from inbox.templates.template import Kind, Register

_BODIES = {
    "fr": "Venez voir cela de plus près : $horaires.",
    "en": "Come and see it from close up: $hours.",
}
_EXTRA = {
    Kind.OFFBEAT: 'register = "object"  # {registers}\n',
    Kind.PLAIN: 'tags = ["hours"]\n',
    Kind.NOTICE: 'title = "…"\nlasts = 48  # hours it stays up\n',
    Kind.THREAD: 'title = "…"\nrules = ["…"]\nannouncement = "{link}"\n',
}


def starter(name: str, kind: Kind, language: str, body: str = "", **fields: str | tuple[str, ...]) -> str:
    """Write one template to begin with; without a body of one's own it passes the lint as it is.

    Args:
        name: what to call it; one of ours to replace ours.
        kind: what it is for.
        language: "fr" or "en".
        body: its text; "" for one to write over.
        **fields: other fields of a template by name, in place of those to write over ("tags", "register", "title" ...).
    """
    link = "$lien" if language == "fr" else "$link"
    extra = _EXTRA.get(kind, "").format(registers=", ".join(Register), link=link)
    kept = [line for line in extra.splitlines() if line.partition(" ")[0] not in fields]
    lines = [*(f"{key} = {_toml(value)}" for key, value in fields.items()), *kept]
    head = f'kind = "{kind}"\nlanguage = "{language}"\n\n[{name}]\n'
    return head + "".join(line + "\n" for line in lines) + f"body = {_toml(body or _BODIES[language])}\n"


def _toml(value: str | tuple[str, ...]) -> str:
    """Write a text, or several, as TOML: its basic strings are JSON's."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(_toml, value))}]"


def starter_facts() -> str:
    """Write an empty facts file: every name, what it means, and what it may look like, in both languages."""
    parts = ["# What the house says of itself; an empty line blocks the texts that need it, and says so.\n"]
    for place, language in enumerate(("en", "fr")):
        parts.append(f"\n[{language}]\n")
        for field in FIELDS:
            name = field.french if language == "fr" else field.name
            parts.append(f'{name} = ""  # {field.meaning}: {field.example[place]}\n')
    return "".join(parts)
