"""The public face of becalm: the names that a connector's author needs, and nothing else."""

from importlib import import_module

TYPE_CHECKING = False  # as type checkers understand it, without the cost of importing typing
if TYPE_CHECKING:
    from typing import Any

    from connectors._contract import API_VERSION, Connector, Options, declare
    from connectors._errors import (
        AuthenticationError,
        ChoiceError,
        ConnectorError,
        ProtocolError,
        RateLimitedError,
        RejectedError,
        UnreachableError,
        UnsupportedError,
    )
    from connectors._html import html_to_text
    from connectors._http import Http
    from connectors._model import (
        Attachment,
        Author,
        Batch,
        Capability,
        Comment,
        Cursor,
        Gone,
        Idempotency,
        Identity,
        Measure,
        NotSent,
        Outcome,
        Outgoing,
        Post,
        Receipt,
        Rejected,
        Sent,
        Support,
        Traits,
        Unknown,
    )
    from connectors._outcome import sending
    from connectors._secret import Secret
    from connectors._text import SafeText, one_line, sanitise

__all__ = [
    "API_VERSION",
    "Attachment",
    "AuthenticationError",
    "Author",
    "Batch",
    "Capability",
    "ChoiceError",
    "Comment",
    "Connector",
    "ConnectorError",
    "Cursor",
    "Gone",
    "Http",
    "Idempotency",
    "Identity",
    "Measure",
    "NotSent",
    "Options",
    "Outcome",
    "Outgoing",
    "Post",
    "ProtocolError",
    "RateLimitedError",
    "Receipt",
    "Rejected",
    "RejectedError",
    "SafeText",
    "Secret",
    "Sent",
    "Support",
    "Traits",
    "Unknown",
    "UnreachableError",
    "UnsupportedError",
    "declare",
    "html_to_text",
    "one_line",
    "sanitise",
    "sending",
]

# Nothing is imported before it is asked for: `import becalm` costs what an empty module costs.
_HOMES = ("_contract", "_model", "_errors", "_text", "_secret", "_outcome", "_html", "_http")


def __getattr__(name: str) -> "Any":
    if name in __all__:
        for home in _HOMES:
            module = import_module(f"connectors.{home}")
            if hasattr(module, name):
                globals()[name] = getattr(module, name)
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
