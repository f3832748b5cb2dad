"""What a platform wants to be told of an account: its options by name, which are secrets, and how each is asked for."""

from pathlib import Path

from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._contract import Connector


def fields_of(connector: "type[Connector]") -> dict[str, bool]:
    """Return the names of its options, and which of them are secrets."""
    from typing import get_args

    from msgspec.structs import fields

    from connectors._secret import Secret

    return {f.encode_name: f.type is Secret or Secret in get_args(f.type) for f in fields(connector.options_type)}


def texts_of(connector: "type[Connector]") -> set[str]:
    """Return the names of its options that are plain texts, whatever they look like: 1800 is the name of a Page."""
    from typing import get_type_hints

    hints = get_type_hints(connector.options_type)
    return {name for name, kind in hints.items() if kind is str}


def required_of(connector: "type[Connector]") -> list[str]:
    from msgspec.structs import fields

    return [field.encode_name for field in fields(connector.options_type) if field.required]


def question_of(connector: "type[Connector]", key: str) -> str:
    """Return what to ask for an option: its name, and what the connector says of it."""
    from typing import get_type_hints

    hint = get_type_hints(connector.options_type, include_extras=True)[key]
    told = next((meta for meta in getattr(hint, "__metadata__", ()) if meta.description), None)
    if told is None:
        return key
    said = say(told.description)
    if told.examples:
        said = _("{what}, such as {example}").format(what=said, example=told.examples[0])
    return f"{key} ({said})"


def private_files_of(connector: "type[Connector]", name: str) -> dict[str, str]:
    """Return where a connector keeps what must outlive a restart and be seen by nobody, by the options that say so."""
    from typing import get_type_hints

    from inbox.paths import secrets_folder

    hints = get_type_hints(connector.options_type, include_extras=True)
    metas = ((key, meta) for key, hint in hints.items() for meta in getattr(hint, "__metadata__", ()))
    wanted = [key for key, meta in metas if (meta.extra or {}).get("private_file")]
    return {key: str(Path(secrets_folder(), f"{name}-{key}").absolute()) for key in wanted}
