"""Endless plausible comments: any number of them, each a seeded edit of a hand-written line."""

from random import Random
from unicodedata import normalize

from msgspec import structs

from connectors._rehearsal.script import Line, Script, Spice
from connectors._text import SafeText

_WEIGHTS = {"critical": 1, "provoker": 2}
_WEIGHT = 12
_KEEPS_AUTHOR = ("feud", "provoker")


def without_accents(text: str) -> str:
    """Write `text` as people in a hurry do: "où est l'entrée" becomes "ou est l'entree"."""
    return "".join(c for c in normalize("NFC", normalize("NFD", text)) for c in normalize("NFD", c)[:1])


def typo(text: str, random: Random) -> str:
    """Swap two neighbouring letters inside one longer word; a text without such a word stays as it is."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    i = random.choice(long)
    k = random.randrange(1, len(words[i]) - 2)
    words[i] = words[i][:k] + words[i][k + 1] + words[i][k] + words[i][k + 2 :]
    return " ".join(words)


def shortened(text: str) -> str:
    """Drop the last sentence where there are several."""
    head, dot, tail = text.rstrip(" .!?…").rpartition(". ")
    return head + "." if dot and len(tail) > 1 and len(head) > 12 else text


class Variations:
    """The comments after the last hand-written one: a pure function of the seed and a number."""

    def __init__(self, script: Script, seed: int) -> None:
        """Prepare the draw; rare parts of the story (threats, distress) stay rare."""
        self._seed = seed
        self._names = script.names
        self._spices = script.spices
        self._lines = [line for line in script.lines.values() if line.text]
        weight = 0
        self._weights = [weight := weight + _WEIGHTS.get(line.part.split("-")[0], _WEIGHT) for line in self._lines]

    def line(self, number: int) -> Line:
        """Return variation `number` (0, 1, 2, ...), always the same one for the same seed."""
        random = Random(self._seed * 0x9E3779B1 + number)  # noqa: S311  a story wants repeatable chance, not secrecy
        source = random.choices(self._lines, cum_weights=self._weights)[0]
        keeps = source.part.split("-")[0] in _KEEPS_AUTHOR
        by = source.by if keeps else self._name(random)
        begun = shortened(source.text) if random.random() < 0.15 else source.text
        return structs.replace(
            source,
            id=f"v{self._seed}-{number}",
            by=by,
            part=source.part if begun == source.text else "",  # what it was may have been in the sentence it lost
            text=SafeText(self._edited(begun, source.lang, random)),  # safe pieces joined by spaces stay safe
            re=source.re,
            likes=random.randrange(12) if random.random() < 0.2 else 0,
            picture=None,
            raw="",
        )

    def _name(self, random: Random) -> SafeText:
        first, last = random.choice(self._names.names), random.choice(self._names.surnames)
        form = random.randrange(4)
        if form == 0:
            return SafeText(f"{first} {last}")
        if form == 1:
            return SafeText(f"{first} {last[0]}.")
        plain = without_accents(first).lower()
        return SafeText(
            f"{plain}_{random.randrange(10, 99)}" if form == 2 else f"{plain}.{without_accents(last).lower()}"
        )

    def _edited(self, text: str, lang: str, random: Random) -> str:
        spice = self._spices.get(lang, Spice(spice=""))
        if random.random() < 0.35:
            text = typo(text, random)
        if random.random() < 0.25:
            text = without_accents(text)
        if spice.openings and random.random() < 0.3:
            text = f"{random.choice(spice.openings)} {text}"
        if spice.closings and random.random() < 0.4:
            text = f"{text} {random.choice(spice.closings)}"
        return text.upper() if random.random() < 0.05 else text
