"""The labelled sets that scoring is learned from and measured on, read from the folder beside the repository."""

from pathlib import Path

from msgspec import Struct

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


class Row(Struct, frozen=True):
    """One labelled comment: its text, and whether it is risky."""

    text: str
    risky: bool


def read_set(name: str) -> list[Row]:
    """Read one everyday set by name ("fr_toxifrench"); an empty list when the data is not there."""
    path = SHARED / "comments" / "dev" / f"{name}.tsv"
    if not path.exists():
        return []
    lines = path.read_text("utf-8").split("\n")[1:]
    cells = [line.split("\t") for line in lines if line]
    return [Row(cell[4], cell[2] == "1") for cell in cells]
