"""ConnectorError and its tree: everything that can go wrong on the way to a platform, in our words.

ConnectorError
├── AuthenticationError     the platform does not know us (any more)
├── RateLimitedError        wait `retry_after` seconds
├── UnsupportedError        this platform cannot do that; `capability` says what
├── RejectedError           understood and refused; do not retry
│   └── ChoiceError         one token, several accounts: an option must name one
├── UnreachableError        no answer, or a failing server; retry later
└── ProtocolError           their answer makes no sense; `payload` keeps its beginning
"""

from collections.abc import Sequence

from connectors._text import sanitise


class ConnectorError(Exception):
    """Base of every error a connector may raise; foreign exceptions stop at the connector's boundary.

    Attributes:
        message: what happened and where, safe to show; never holds a secret.
        hint: what the operator can do about it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep `message` and `hint`, both made safe for a terminal."""
        self.message = sanitise(message)
        self.hint = sanitise(hint)
        super().__init__(self.message)


class AuthenticationError(ConnectorError):
    """The token is wrong, expired, revoked or lacks a scope."""


class RateLimitedError(ConnectorError):
    """The platform asks us to slow down.

    Attributes:
        retry_after: seconds to wait before the next request, at least 1.
    """

    def __init__(self, message: str, *, retry_after: float, hint: str = "") -> None:
        """Keep how long to wait."""
        super().__init__(message, hint=hint)
        self.retry_after = max(1.0, retry_after)


class UnsupportedError(ConnectorError):
    """The platform (or this account on it) has no such thing.

    Attributes:
        capability: the name of the capability that was asked for.
    """

    def __init__(self, message: str, *, capability: str, hint: str = "") -> None:
        """Keep which capability was asked for."""
        super().__init__(message, hint=hint)
        self.capability = capability


class RejectedError(ConnectorError):
    """The platform understood and refused: repeating the same request is pointless.

    Attributes:
        status: the HTTP status of the refusal, or 0; some platforms say something by it (409: already there).
        payload: the first bytes of the answer, where platforms name their reason; not for the screen.
    """

    def __init__(self, message: str, *, status: int = 0, payload: bytes = b"", hint: str = "") -> None:
        """Keep the status of the refusal and the beginning of the answer."""
        super().__init__(message, hint=hint)
        self.status = status
        self.payload = payload[:4096]


class ChoiceError(RejectedError):
    """The token belongs to several accounts, and an option must name one.

    Attributes:
        option: which option.
        choices: what it may be, and what people call it.
    """

    def __init__(self, message: str, *, option: str, choices: Sequence[tuple[str, str]]) -> None:
        """Keep the choices; the hint names them."""
        self.option = option
        self.choices = [(value, sanitise(name, single_line=True)) for value, name in choices]
        named = ", ".join(f"{value} ({name})" for value, name in self.choices[:10])
        super().__init__(message, hint=f"set {option} to one of {named}")


class UnreachableError(ConnectorError):
    """No usable answer came: name resolution, connection, time-out, or a server error.

    Attributes:
        sent: whether the request may have reached the platform and been carried out.
        retry_after: seconds for which the platform asks to be left alone, 0 where it names none.
    """

    def __init__(self, message: str, *, sent: bool = False, retry_after: float = 0.0, hint: str = "") -> None:
        """Keep whether the request may have been carried out, and when to come back."""
        super().__init__(message, hint=hint)
        self.sent = sent
        self.retry_after = max(0.0, retry_after)


class ProtocolError(ConnectorError):
    """The platform's answer is not what its documentation promises.

    Attributes:
        payload: the first bytes of the answer, for a report; not for the screen.
    """

    def __init__(self, message: str, *, payload: bytes = b"", hint: str = "") -> None:
        """Keep the beginning of the answer."""
        super().__init__(message, hint=hint)
        self.payload = payload[:4096]
