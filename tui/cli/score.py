"""`becalm score`: texts in, their risk and the words behind it out; no desk, no network."""

import argparse
from typing import Any, Literal

from msgspec import Struct

from tui.cli._lines import Lines, emit, source
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm score comments.jsonl", N_("one object a line: id, text, and lang when it is known")),
    ('echo \'{"id":1,"text":"Honte à vous"}\' | becalm score', N_("from another program")),
    ("becalm score --lang fr - < comments.jsonl", N_("every text is French")),
)


class Text(Struct, frozen=True, gc=False):
    """One line of input."""

    id: Any
    text: str
    lang: str | None = None


class Reason(Struct, frozen=True, gc=False):
    """One signal, as written out."""

    kind: str
    start: int
    end: int
    text: str
    weight: float


class Score(Struct, frozen=True, gc=False):
    """One line of output."""

    v: int
    id: Any
    lang: str
    sentiment: float
    risk: float
    level: str
    signals: list[Reason]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    languages: tuple[Literal["auto", "fr", "en"], ...] = ("auto", "fr", "en")
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("JSONL; - or nothing reads stdin"))
    parser.set_defaults(text_lang="auto")
    # here --lang is the language of the texts: nothing of the interface comes out
    parser.add_argument("--lang", dest="text_lang", choices=languages, help=_("the language of the texts"))


def run(args: argparse.Namespace) -> int:
    """Score every line, in order."""
    from scoring import assess

    with source(args.file) as file:
        lines = Lines(file, args.file)
        for _number, text in lines.read(Text):
            lang = text.lang if args.text_lang == "auto" else args.text_lang
            found = assess(text.text, lang=lang)
            signals = [Reason(str(s.kind), s.start, s.end, s.text, s.weight) for s in found.signals]
            emit(Score(1, text.id, found.language, found.sentiment, found.risk, found.level.label, signals))
        return lines.code
