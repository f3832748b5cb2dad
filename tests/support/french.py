"""French as printers set it: no-break spaces where a line must not break, guillemets, and an apostrophe that is one."""

import re

NO_BREAK, NARROW = "\u00a0", "\u202f"
"""Before a colon and inside guillemets; before ; ! ? (Lexique des règles typographiques de l'Imprimerie nationale)."""
_BLANK = r"[ \u00a0\u202f]"
_END = rf"(?={_BLANK}|[)»\n]|$)"
_RULES = (
    (re.compile(rf"{_BLANK}:{_END}"), NO_BREAK + ":"),
    (re.compile(rf"{_BLANK}([;!?]){_END}"), NARROW + r"\1"),
    (re.compile(rf"«{_BLANK}"), "«" + NO_BREAK),
    (re.compile(rf"{_BLANK}»"), NO_BREAK + "»"),
    (re.compile(r"(?<=[^\W\d_])'(?=[\w{«$])"), "’"),
)
_FAULTS = {
    "English quotes": re.compile(r"[“”]"),
    "straight quotes": re.compile(r'"'),
    "a guillemet without its no-break space": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a colon without its no-break space": re.compile(r"(?<=[\w)}%»]) ?:(?=[ \n]|$)"),
    "; ! or ? without its no-break space": re.compile(r"(?<=[\w)}%»])[ \u00a0]?[;!?](?=[ \n]|$)"),
    "a straight apostrophe": re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
}
_CODE = re.compile(r'= "[^"]*"')
"""A setting as the configuration has it, quotes and all."""


def typeset(text: str) -> str:
    """Put the right spaces and apostrophes into a text whose punctuation is there."""
    for rule, put in _RULES:
        text = rule.sub(put, text)
    return text


def faults(text: str) -> list[str]:
    """Name what a printer would mark."""
    plain = _CODE.sub("", text)
    return [what for what, mark in _FAULTS.items() if mark.search(plain)]
