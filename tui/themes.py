"""Colours for every terminal: roles (what a colour means) to styles, on the terminal's own background."""

import os
from collections.abc import Mapping

from rich.style import Style

from scoring.assessment import RiskLevel

RISK_ROLES = ("calm", "tense", "heated", "critical")
RISK_SYMBOLS = ("·", "▪", "▲", "‼")
QUESTION_SYMBOL = "?"
PICTURE_SYMBOL = "▣"

# 256-colour numbers: a third fewer bytes than true colour, and the same in every terminal that has them.
_DARK = {
    "": "",
    "strong": "bold",
    "dim": "color(246)",
    "faint": "color(240)",
    "rule": "color(238)",
    "title": "color(180)",
    "brand": "bold color(73)",
    "key": "bold color(73)",
    "calm": "color(108)",
    "tense": "color(179)",
    "heated": "bold color(209)",
    "critical": "bold color(203)",
    "question": "bold color(117)",
    "picture": "color(140)",
    "wave": "color(140)",
    "hand": "color(73)",
    "cursor": "color(73)",
    "select": "bold color(220)",
    "ok": "color(108)",
    "warn": "color(179)",
    "error": "bold color(203)",
    "match": "underline color(209)",
    "notice": "bold color(152)",
}
_LIGHT = _DARK | {
    "dim": "color(241)",
    "faint": "color(246)",
    "rule": "color(250)",
    "title": "color(94)",
    "brand": "bold color(24)",
    "key": "bold color(24)",
    "calm": "color(65)",
    "tense": "color(130)",
    "heated": "bold color(166)",
    "critical": "bold color(160)",
    "question": "bold color(25)",
    "picture": "color(97)",
    "wave": "color(97)",
    "hand": "color(24)",
    "cursor": "color(24)",
    "select": "bold color(130)",
    "ok": "color(65)",
    "warn": "color(130)",
    "error": "bold color(160)",
    "match": "underline color(166)",
    "notice": "bold color(24)",
}
_ANSI = dict.fromkeys(_DARK, "") | {
    "strong": "bold",
    "faint": "bright_black",
    "rule": "bright_black",
    "brand": "bold cyan",
    "key": "bold cyan",
    "calm": "green",
    "tense": "yellow",
    "heated": "bold yellow",
    "critical": "bold red",
    "question": "bold cyan",
    "picture": "magenta",
    "wave": "magenta",
    "hand": "cyan",
    "cursor": "cyan",
    "select": "bold yellow",
    "ok": "green",
    "warn": "yellow",
    "error": "bold red",
    "match": "underline",
    "notice": "bold",
}
_MONO = dict.fromkeys(_DARK, "") | {
    "strong": "bold",
    "brand": "bold",
    "key": "bold",
    "heated": "bold",
    "critical": "bold reverse",
    "question": "bold",
    "select": "bold",
    "error": "bold",
    "match": "underline",
    "notice": "bold",
}
_PALETTES = {"dark": _DARK, "light": _LIGHT, "ansi": _ANSI, "mono": _MONO}
ROLES = frozenset(_DARK)


class Theme:
    """One palette: gives each role its style."""

    def __init__(self, name: str) -> None:
        """Parse the palette's styles once."""
        self.name = name
        self._styles = {role: Style.parse(words) if words else Style.null() for role, words in _PALETTES[name].items()}

    def __getitem__(self, role: str) -> Style:
        return self._styles[role]


def choose_palette(wanted: str, environ: Mapping[str, str] = os.environ, *, low_bandwidth: bool = False) -> str:
    """Return the palette to use.

    NO_COLOR wins over everything (no-color.org); COLORFGBG, where a terminal sets it, tells a light background.
    """
    if environ.get("NO_COLOR"):
        return "mono"
    if wanted in _PALETTES:
        return wanted
    if low_bandwidth or ("256" not in environ.get("TERM", "") and not environ.get("COLORTERM")):
        return "ansi"
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in {"7", "15"} else "dark"


def risk_mark(level: RiskLevel, *, question: bool, picture: bool) -> tuple[str, str]:
    """Return the symbol and role of a comment: `?` and `▣` stand in for calm and tense only."""
    if level <= RiskLevel.TENSE and question:
        return QUESTION_SYMBOL, "question"
    if level <= RiskLevel.TENSE and picture:
        return PICTURE_SYMBOL, "picture"
    return RISK_SYMBOLS[level], RISK_ROLES[level]
