"""Recorded answers of the real platforms, where they are present; tests say so when they are not."""

import base64
import gzip
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

_BESIDE = Path(__file__).resolve().parents[3] / "shared"
FIXTURES = Path(os.environ.get("BECALM_SHARED", _BESIDE)) / "fixtures"


def recordings(pattern: str) -> list[Path]:
    """List the recordings whose path matches, in order; empty where none are present."""
    return sorted(FIXTURES.glob(pattern))


def recording(path: str) -> Path:
    """Return one recording, or skip the test."""
    found = FIXTURES / path
    if not found.exists():
        pytest.skip("recorded answers not present")
    return found


def exchanges(cassette: Path) -> list[tuple[str, str, int, dict[str, str], bytes]]:
    """Read a vcrpy cassette as (method, url, status, headers with lower-case names, body)."""
    found: list[tuple[str, str, int, dict[str, str], bytes]] = []
    for each in yaml.safe_load(cassette.read_text())["interactions"]:
        request, response = each["request"], each["response"]
        headers = {name.lower(): str(values[0]) for name, values in response["headers"].items()}
        body = _bytes(response["body"])
        if headers.pop("content-encoding", "") == "gzip":
            body = gzip.decompress(body)
        found.append((request["method"], request["uri"], int(response["status"]["code"]), headers, body))
    return found


def _bytes(body: dict[str, Any]) -> bytes:
    if "base64_string" in body:
        return base64.b64decode(body["base64_string"])
    said = body["string"]
    return said if isinstance(said, bytes) else str(said).encode()


def objects(body: bytes) -> Any:
    """Decode a recorded body."""
    return msgspec.json.decode(body)
