"""Texts in YAML as a YAML library writes them, in every style: ours reads what that library reads."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connectors._recordings import cassette_bodies
from connectors._yaml_scalars import binary, scalar_at

CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029")
"""YAML 1.1 ended lines at the three that are left out, and its writers lose them; 1.2 and JSON do not."""

TEXTS = st.text(CHARACTERS, min_size=1, max_size=200)
JSONLIKE = TEXTS.map(lambda words: f'{{"content": "<p>{words}</p>", "a": [1, 2]}}')


def cassette(words: str | bytes, style: str | None) -> str:
    """Write a cassette as vcrpy does, its body in one of YAML's styles."""

    class Styled(str):
        __slots__ = ()

    class Writer(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            del data
            return True

    Writer.add_representer(Styled, lambda writer, said: writer.represent_scalar("tag:yaml.org,2002:str", said, style))
    body = words if isinstance(words, bytes) else Styled(words)
    exchange = {"request": {"body": "string: 'no'", "method": "GET"}, "response": {"body": {"string": body}}}
    return str(yaml.dump({"interactions": [exchange, exchange], "version": 1}, Dumper=Writer, allow_unicode=True))


@pytest.mark.parametrize("style", ["'", '"'])
@given(words=JSONLIKE)
def test_a_quoted_body_is_read_as_a_yaml_library_reads_it(style: str, words: str) -> None:
    written = cassette(words, style)
    (meant, _) = (each["response"]["body"]["string"] for each in yaml.safe_load(written)["interactions"])

    assert list(cassette_bodies(written.encode())) == [meant.encode()] * 2


@pytest.mark.parametrize("style", ["|", ">"])
@given(words=st.lists(st.text("ab {}[]\"':,", min_size=1).filter(str.strip), min_size=1).map("\n".join))
def test_a_block_is_read_as_a_yaml_library_reads_it(style: str, words: str) -> None:
    written = cassette('{"a": ' + words.strip(), style)
    (meant, _) = (each["response"]["body"]["string"] for each in yaml.safe_load(written)["interactions"])

    assert list(cassette_bodies(written.encode())) == [meant.rstrip("\n").encode()] * 2


@given(body=st.binary(min_size=1, max_size=300))
def test_a_packed_body_is_read_byte_by_byte(body: bytes) -> None:
    assert list(cassette_bodies(cassette(body, None).encode())) == [body] * 2


@given(words=st.text("'\"|>\\\n uxU0123", max_size=60))
def test_whatever_stands_there_is_no_error(words: str) -> None:
    said, end = scalar_at(words, 0, 0)

    assert 0 <= end <= len(words) + 1
    assert isinstance(said, str)


def test_what_is_no_base64_is_nothing() -> None:
    assert binary("not base64!") == b""
