"""What Meta knows of a token: its permissions and its end, inspected once a day, with a warning before it ends."""

import logging
from datetime import UTC, datetime, timedelta

import msgspec

from connectors._errors import AuthenticationError, ConnectorError, RateLimitedError, RejectedError
from connectors._fields import count, rows, text
from connectors._graph_api import Api
from connectors._graph_options import GraphOptions
from connectors._secret import Secret
from connectors._text import one_line

log = logging.getLogger(__name__)

WARNED = timedelta(days=14)
"""How long before a token's end somebody is told: long enough for an administrator on holiday."""
LOOK_EVERY = 86_400.0
"""Seconds between two inspections."""
AGAIN_AFTER = 3600.0
"""Seconds after an inspection that came to nothing."""


class Facts(msgspec.Struct, frozen=True):
    """What is known of a token.

    Attributes:
        scopes: its permissions; empty where nobody says.
        expires_at: when it ends, or None.
        data_until: when it no longer shows people's data although it still works, or None.
    """

    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    data_until: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """The earlier of both ends."""
        return min(filter(None, (self.expires_at, self.data_until)), default=None)


class Token:
    """The account's token under watch."""

    def __init__(self, api: Api, options: GraphOptions) -> None:
        """Inspect the token of `options` through `api`; with the app's own token where its secret is known."""
        self._api = api
        self._options = options
        self._looked_at = float("-inf")
        self._facts = Facts()

    @property
    def known(self) -> Facts:
        """What was found at the last inspection."""
        return self._facts

    async def facts(self, now: float) -> Facts:
        """Return what is known of the token, asking once a day; where nobody may ask, nothing is known.

        Args:
            now: seconds since the epoch.

        Raises:
            AuthenticationError: it is no longer good.
            RateLimitedError: Meta asks to wait.
        """
        if now < self._looked_at + LOOK_EVERY:
            return self._facts
        try:
            data = await self._asking().inspect(self._options.token)
        except (AuthenticationError, RateLimitedError, RejectedError) as error:
            if self._options.app_id and self._options.app_secret and not isinstance(error, RejectedError):
                raise
            self._looked_at = now
            log.info("the token may not inspect itself: %s", error.message)
            return self._facts
        except ConnectorError as error:
            self._looked_at = now - LOOK_EVERY + AGAIN_AFTER
            log.info("the token could not be inspected: %s", error.message)
            return self._facts
        self._looked_at = now
        if data.get("is_valid") is False:
            raise AuthenticationError(
                "the token is no longer valid",
                hint="make a new token and connect the account again (becalm connect --replace)",
            )
        granted = data.get("scopes")
        scopes = tuple(one_line(text(scope)) for scope in granted) if isinstance(granted, list) else ()
        granular = tuple(one_line(text(row.get("scope"))) for row in rows(data.get("granular_scopes")))
        ends = _moment(data.get("expires_at")), _moment(data.get("data_access_expires_at"))
        self._facts = Facts(tuple(dict.fromkeys(filter(None, scopes + granular))), *ends)
        return self._facts

    def _asking(self) -> Api:
        app, secret = self._options.app_id, self._options.app_secret
        return self._api.with_token(Secret(f"{app}|{secret.reveal()}")) if app and secret else self._api

    def warning(self, now: datetime, needed: tuple[str, ...]) -> str:
        """Say what will soon need somebody, or "".

        Args:
            now: the time, aware.
            needed: permissions without which something that becalm offers will be refused.
        """
        facts = self._facts
        for ends, what in ((facts.expires_at, "the token ends"), (facts.data_until, "the token's access to data ends")):
            if ends is not None and ends - now < WARNED:
                return f"{what} on {ends:%Y-%m-%d}: make a new one before (becalm connect --replace)"
        missing = [scope for scope in needed if scope not in facts.scopes] if facts.scopes else []
        return f"the token lacks {', '.join(missing)}: what needs them will be refused" if missing else ""


def require(facts: Facts, scopes: tuple[str, ...]) -> None:
    """Check that a token may read what becalm reads.

    Raises:
        AuthenticationError: naming the permissions that are missing.
    """
    missing = [scope for scope in scopes if scope not in facts.scopes] if facts.scopes else []
    if missing:
        raise AuthenticationError(
            f"the token lacks {', '.join(missing)}",
            hint="make a new token with these permissions; becalm connect says where",
        )


def _moment(value: object) -> datetime | None:
    """Read seconds since the epoch; 0 means that there is no end."""
    seconds = count(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
