"""What other programs keep of a platform's answers: a browser's archive, a test's cassette or snapshot; the bodies in them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from connectors._fields import Fields, rows, table, text
from connectors._yaml_scalars import binary, scalar_at

_LISTS = ("entries", "interactions", "http_interactions", "mappings")
_RESPONSE = re.compile(r"^( *)((?:- +)?)response:[ \t]*\n", re.MULTILINE)
_BODY = re.compile(
    r"^( *)(?:- +)?[\"']?(body|string|base64_string)[\"']?:[ \t]*(?:\{ *(?:string|base64_string): *)?(![!\w/.:-]+[ \t]*)?(?=[\"'|>])",
    re.MULTILINE,
)
_SNAPSHOT = re.compile(r"^exports\[`(?:[^`\\]|\\.)*`\] = `((?:[^`\\]|\\.)*)`;", re.MULTILINE | re.DOTALL)
_LOOSE = re.compile(r'("(?:[^"\\]|\\.)*")|\b(?:Object|Array) (?=[\[{])|,(?=\s*[\]}])|\bundefined\b', re.DOTALL)


def answers_in(value: Any) -> list[bytes] | None:
    """Return the bodies of the answers that an archive holds, as received or unpacked; None where it is no archive.

    Known are a browser's (HAR), those of VCR, vcrpy, betamax and Polly as JSON, and WireMock's: each a list of objects
    with a request and its response.

    Args:
        value: decoded JSON.
    """
    here = table(table(value).get("log")) or value
    if isinstance(here, dict):
        here = next((here[name] for name in _LISTS if isinstance(here.get(name), list)), [here])
    exchanges = [each for each in rows(here) if "request" in each and isinstance(each.get("response"), dict)]
    return [body for each in exchanges for body in _received(each)] if exchanges else None


def _received(exchange: Fields) -> Iterator[bytes]:
    response = exchange["response"]
    yield _body_of(response)
    for said in rows(exchange.get("_webSocketMessages")):
        if said.get("type") == "receive":
            yield text(said.get("data")).encode("utf-8", "replace")


def _body_of(response: Fields) -> bytes:
    if "jsonBody" in response:
        return json.dumps(response["jsonBody"]).encode()
    body = response.get("body") or response.get("content")
    if not isinstance(body, dict):
        return json.dumps(body).encode() if isinstance(body, list) else text(body).encode("utf-8", "replace")
    if "base64_string" in body:
        return binary(text(body["base64_string"]))
    if isinstance(said := body.get("string", body.get("text")), str):
        return binary(said) if body.get("encoding") == "base64" else said.encode("utf-8", "replace")
    return json.dumps(body).encode()


def cassette_bodies(body: bytes) -> Iterator[bytes]:
    """Yield the bodies of the responses in a cassette written as YAML, by whichever VCR."""
    words = body.decode("utf-8", "replace").replace("\r\n", "\n")
    for begun in _RESPONSE.finditer(words):
        column = len(begun[1]) + len(begun[2])
        end = re.compile(rf"^ {{0,{column}}}[^ \n]", re.MULTILINE).search(words, begun.end())
        found = _BODY.search(words, begun.end(), end.start() if end else len(words))
        if found:
            said, _ = scalar_at(words, found.end(), len(found[1]))
            packed = found[2] == "base64_string" or "binary" in (found[3] or "")
            yield binary(said) if packed else said.encode("utf-8", "replace")


def snapshots(body: bytes) -> Iterator[bytes]:
    """Yield what a file of Jest's or Vitest's snapshots holds, as JSON where it can be made that."""
    for found in _SNAPSHOT.finditer(body.decode("utf-8", "replace").replace("\r\n", "\n")):
        said = re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)
        yield _LOOSE.sub(lambda each: each[1] or ("null" if each[0] == "undefined" else ""), said).encode()
