"""Reading fields of other people's JSON: a missing, null or wrong-typed field gives an empty value, never an error."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Fields = Mapping[str, Any]


def table(value: Any) -> Fields:
    """Return a JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Fields]:
    """Return the objects of a JSON list, or none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string; ids that some servers write as numbers become one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def count(value: Any) -> int:
    """Return a number of things, at least 0; some servers write it as a string."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 19:
        value = int(value)
    return min(value, 2**53) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def moment(value: Any) -> datetime | None:
    """Return an aware time from ISO 8601, or None; what names no zone is taken for UTC."""
    try:
        parsed = datetime.fromisoformat(text(value))
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
