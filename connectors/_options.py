"""A source's table in the configuration, turned into its connector's options, each fault named by its field."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec

from connectors._contract import Options
from connectors._errors import ConnectorError
from connectors._secret import Secret

OptionsT = TypeVar("OptionsT", bound=Options)

Resolve = Callable[[str, Any], Secret]
"""Turns what stands in a secret field (its name, its value) into the secret; raises OptionsError where it cannot."""


class OptionsError(ConnectorError):
    """A source's table in the configuration is not what its connector needs.

    Attributes:
        field: the faulty field, dotted where it is inside another; "" for the table as a whole.
    """

    def __init__(self, message: str, *, field: str, hint: str = "") -> None:
        """Keep which field is at fault."""
        super().__init__(message, hint=hint)
        self.field = field


def _refuse_plain(field: str, value: Any) -> Secret:
    del value
    raise OptionsError(
        f"{field}: a secret does not belong into the configuration itself",
        field=field,
        hint="name an environment variable, a command or a 0600 file that holds it",
    )


def options_from(cls: type[OptionsT], table: Mapping[str, Any], secrets: Resolve = _refuse_plain) -> OptionsT:
    """Build a connector's options from its table in the configuration.

    Args:
        cls: the connector's `options_type`.
        table: field names and values; a value that already is a `Secret` is taken as it is.
        secrets: resolves the values of `Secret` fields that are not resolved yet.

    Raises:
        OptionsError: a field is unknown, missing or of the wrong kind; it never quotes a value of a secret field.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(cls)}
    for name in table:
        if name not in fields:
            near = get_close_matches(name, fields, n=1)
            raise OptionsError(
                f"{name}: there is no such field",
                field=name,
                hint=f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(fields))}",
            )
    values = dict(table)
    for name, field in fields.items():
        if name in values and _holds_secret(field.type) and not isinstance(values[name], Secret):
            values[name] = secrets(name, values[name])
        if name not in values and field.required:
            raise OptionsError(f"{name}: is missing", field=name, hint="add it to the source's table")
    try:
        return msgspec.convert(values, cls, dec_hook=_no_other_types)
    except msgspec.ValidationError as error:
        raise _named(error, list(fields)) from None


def _holds_secret(kind: Any) -> bool:
    """Whether a field's type is Secret, alone, optional or annotated."""
    return Secret in {kind, getattr(kind, "__origin__", None), *getattr(kind, "__args__", ())}


def _no_other_types(kind: type, value: Any) -> Any:
    if isinstance(value, kind):
        return value
    raise ValueError(f"expected {kind.__name__}")


def _named(error: msgspec.ValidationError, fields: list[str]) -> OptionsError:
    """Put msgspec's complaint ("Expected `int`, got `str` - at `$.limit`") in our words."""
    what, _, where = str(error).partition(" - at `$.")
    field = where.rstrip("`")
    if not field:  # raised by the options' own check, which begins with the field's name
        field = what.partition(":")[0] if what.partition(":")[0] in fields else ""
        return OptionsError(what, field=field)
    return OptionsError(f"{field}: {what[:1].lower()}{what[1:]}", field=field)
