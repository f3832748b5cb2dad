"""Channels: where alerts go beside the terminal: an ntfy topic, a webhook, any command."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from connectors._errors import ConnectorError
from connectors._guard import is_this_machine
from connectors._http import Http
from connectors._secret import Secret
from inbox.alerts.model import Alert, Rule

log = logging.getLogger(__name__)

COMMAND_TIMEOUT = 20.0
"""Seconds that a command may take before it is ended."""
TRIES = 3
"""How often a message is offered to a channel."""
FIRST_WAIT = 2.0
"""Seconds before the second try; doubled before the third."""


class Channel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[alerts.to.NAME]`: one place where alerts go.

    Attributes:
        kind: "ntfy" (a topic's address), "webhook" (a JSON object by POST) or "command" (the message on its stdin).
        url: the address, for ntfy and webhook.
        token: a bearer token for it.
        command: the program and its arguments; no shell reads them.
        only: the operator who must be on watch; "" for whoever is.
        texts: whether the gravest comment's own words are quoted; otherwise counts alone leave the house.
        rules: which alerts; () for all.
    """

    kind: Literal["ntfy", "webhook", "command"]
    url: str = ""
    token: Secret | None = None
    command: tuple[Annotated[str, Meta(min_length=1)], ...] = ()
    only: str = ""
    texts: bool = False
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a channel that leads nowhere."""
        if self.kind == "command":
            if not self.command:
                raise ValueError('command: expected ["program", "argument", ...]')
        elif not _is_safe(self.url, secret=self.token is not None):
            raise ValueError(
                "url: expected an address that begins with https:// (http:// without a token, or to this machine)"
            )


def _is_safe(url: str, *, secret: bool) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and not (secret and not is_this_machine(host)))
    )


class Message(Struct, frozen=True):
    """One message to one channel.

    Attributes:
        desk: the desk it comes from.
        text: what it says, in the house's language.
        alerts: what it is about.
    """

    desk: str
    text: str
    alerts: tuple[Alert, ...]


async def deliver(channel: Channel, message: Message, http: Http, *, wait: float = FIRST_WAIT) -> str:
    """Send a message, trying again when the channel does not answer.

    Args:
        channel: where to.
        message: what.
        http: the client.
        wait: seconds before the second try.

    Returns:
        What went wrong in the end, or "".
    """
    trouble = ""
    for turn in range(TRIES):
        if turn:
            await asyncio.sleep(wait * 2 ** (turn - 1))
        try:
            await (_run(channel, message) if channel.kind == "command" else _post(channel, message, http))
        except ConnectorError as error:
            trouble = error.message
        except (OSError, TimeoutError) as error:
            trouble = str(error) or f"no end within {COMMAND_TIMEOUT:.0f} s"
        else:
            return ""
    return trouble


async def _post(channel: Channel, message: Message, http: Http) -> None:
    json = _ntfy(channel, message) if channel.kind == "ntfy" else _webhook(message)
    url = channel.url.rstrip("/").rpartition("/")[0] if channel.kind == "ntfy" else channel.url
    await http.request("POST", url, token=channel.token, json=json)


def _ntfy(channel: Channel, message: Message) -> dict[str, Any]:
    """Return the message as ntfy takes it at its server's root: https://docs.ntfy.sh/publish/#publish-as-json."""
    grave = any(alert.rule in {Rule.CRITICAL, Rule.UNLAWFUL} for alert in message.alerts)
    return {
        "topic": channel.url.rstrip("/").rpartition("/")[2],
        "title": f"becalm · {message.desk}",
        "message": message.text,
        "priority": 5 if grave else 4,
    }


def _webhook(message: Message) -> dict[str, Any]:
    return {
        "v": 1,
        "desk": message.desk,
        "text": message.text,
        "alerts": [{"rule": rule, "count": count, "since": since} for rule, count, since in _counts(message.alerts)],
    }


def _counts(alerts: Sequence[Alert]) -> list[tuple[str, int, str]]:
    """Return how many of each rule, and since when the oldest: no key, for some name their author."""
    found = []
    for rule in Rule:
        moments = [alert.since for alert in alerts if alert.rule is rule]
        if moments:
            found.append((str(rule), len(moments), min(moments).isoformat(timespec="seconds")))
    return found


async def _run(channel: Channel, message: Message) -> None:
    """Run a command with the message on its stdin: arguments can be read by every account of the machine."""
    program = await asyncio.create_subprocess_exec(
        *channel.command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(COMMAND_TIMEOUT):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may answer without reading
                await program.communicate(message.text.encode() + b"\n")
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
    if program.returncode:
        raise OSError(f"{channel.command[0]} ended with {program.returncode}")
