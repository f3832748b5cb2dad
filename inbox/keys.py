"""Keys: what items are called, packed: the source as a small number, and an id of nothing but digits as a number too."""

from inbox.texts import Texts

_HEADER = 2
_LONGEST = 19  # digits that eight bytes hold, whatever they are


class Names:
    """Names that come again and again (sources, languages, colleagues), by small numbers."""

    def __init__(self) -> None:
        """Begin with "", which is 0."""
        self.known: list[str] = []
        self._numbers: dict[str, int] = {}
        self.number("")

    def number(self, name: str) -> int:
        """Return a name's number."""
        if name not in self._numbers:
            self.known.append(name)
            self._numbers[name] = len(self.known) - 1
        return self._numbers[name]

    def find(self, name: str) -> int:
        """Return a name's number; -1 for one that was never said."""
        return self._numbers.get(name, -1)


class Keys(Texts):
    """Texts of the form "SOURCE/ID", in about half of what they say.

    Each begins with twice the number of its source, and one more where the number of its id follows.
    """

    def __init__(self, names: Names) -> None:
        """Begin with none; `names` has the sources."""
        super().__init__()
        self._names = names

    def add(self, text: str) -> int:
        """Return a key's number; it gets the next one if it is new."""
        self._names.number(text.partition("/")[0])
        return super().add(text)

    def _packed(self, text: str) -> bytes:
        source, slash, id_ = text.partition("/")
        number = self._names.find(source)
        if number < 0 or not slash:
            return b""  # which no key is
        if id_.isdecimal() and id_.isascii() and len(id_) <= _LONGEST and (id_[0] != "0" or id_ == "0"):
            value = int(id_)
            return (2 * number + 1).to_bytes(_HEADER, "little") + value.to_bytes(value.bit_length() + 7 >> 3, "little")
        return (2 * number).to_bytes(_HEADER, "little") + super()._packed(id_)

    def _unpacked(self, body: bytes | bytearray) -> str:
        source, is_number = divmod(int.from_bytes(body[:_HEADER], "little"), 2)
        rest = body[_HEADER:]
        id_ = str(int.from_bytes(rest, "little")) if is_number else super()._unpacked(rest)
        return f"{self._names.known[source]}/{id_}"
