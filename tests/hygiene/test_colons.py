"""A colon, a semicolon, a question or exclamation mark after what is filled in: French sets a space before it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = {
    "{error.filename}: {error.strerror}": "as the system words it",
    "{v['by']}: {v['text']}": "a spreadsheet's cell, the same in every language",
    "{self._name}:{number}: {why}": "file, line and fault, as editors read them",
    "{self.prog}: {message}{self._meant(message)}": "as argparse words it",
    "{fault.path.name}:{fault.line}: {fault.message}": "file, line and fault, as editors read them",
    "{type(error).__name__}: {error}": "as Python words it",
    "{path}: {error.strerror}": "as the system words it",
    "becalm watch: {source.name}: {source.message or source.state}": "a line of a log",
    "{file}: ": "file and fault, as editors read them",
}
"""What is no sentence of the interface, and why."""


def pattern(node: ast.JoinedStr) -> str:
    parts = [part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}" for part in node.values]  # type: ignore[attr-defined]  # a part is one or the other
    return "".join(map(str, parts))


def put_together(source: str) -> list[str]:
    """List the f-strings and sums that set such a sign by themselves, out of any translator's reach."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            pairs = zip(node.values, node.values[1:], strict=False)
            after = [b for a, b in pairs if isinstance(a, ast.FormattedValue) and isinstance(b, ast.Constant)]
            if any(_is_set_apart(str(text.value), ends=text is node.values[-1]) for text in after):
                found.append(pattern(node))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.right, ast.Constant):
            text = node.right.value
            if isinstance(text, str) and text.strip()[:1] in set(":;!?"):
                found.append(ast.unparse(node))
    return found


def _is_set_apart(text: str, *, ends: bool) -> bool:
    """Whether a text begins with such a sign, and a blank or the end behind it: `12:30` is no sentence."""
    return text[:1] in set(":;!?") and (text[1:2] in {" ", "\n"} or (ends and len(text) == 1))


def test_no_sentence_of_the_interface_sets_its_colon_without_the_catalogue() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {found}"
        for path in sorted((ROOT / "tui").rglob("*.py"))
        for found in put_together(path.read_text())
        if found not in CODE
    }
    assert wrong == set()


def test_what_is_looked_for_is_found() -> None:
    assert put_together('print(f"{name}: " + words)') == ["{name}: "]
    assert put_together('_("examples") + ":"') == ["_('examples') + ':'"]
    assert put_together('f"{hour}:{minute}"') == []
