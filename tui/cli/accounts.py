"""`becalm accounts`: what is connected, and whether it answers."""

import argparse
import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._contract import Connector
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm accounts", N_("asks every account who we are there")),
    ("becalm accounts --offline", N_("only what the configuration says")),
)
PATIENCE = 30.0
"""Seconds that one account may take to answer."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help=_("one JSON object an account, versioned"))
    parser.add_argument("--offline", action="store_true", help=_("ask nobody"))


def run(args: argparse.Namespace) -> int:
    """Ask every account at once; the gravest answer is the exit code."""
    from tui.cli._desk import settle

    setting = settle(args)
    if not setting.config.sources:
        import sys

        print(_("no source is configured: becalm connect"), file=sys.stderr)
        return os.EX_OK
    if args.offline:
        found = [_facts(source.name, source.platform) for source in setting.config.sources]
    else:
        found = asyncio.run(_ask_all(setting.config))
    seen = _last_seen(setting)
    for facts in found:
        facts.update(_from_engine(seen.get(facts["name"], {})))
        _show(facts, as_json=args.json)
    return max((int(facts.pop("code", 0)) for facts in found), default=os.EX_OK)


def _facts(name: str, platform: str, **more: Any) -> dict[str, Any]:
    return {"v": 1, "name": name, "platform": platform, "state": "unasked", **more}


async def _ask_all(config: Any) -> list[dict[str, Any]]:
    from connectors._http import Http
    from inbox.accounts import bring_to_life

    http = Http()
    try:
        alive = await asyncio.to_thread(bring_to_life, config, http)
        return list(await asyncio.gather(*(_ask(name, connector) for name, connector in alive.items())))
    finally:
        await http.aclose()


async def _ask(name: str, connector: "Connector") -> dict[str, Any]:
    from connectors._errors import ConnectorError
    from tui.cli._errors import explain

    try:
        async with asyncio.timeout(PATIENCE):
            who = await connector.identify()
    except TimeoutError:
        hint = _("no answer within {n} s").format(n=round(PATIENCE))
        return _facts(name, connector.name, state="unreachable", message=hint, code=os.EX_TEMPFAIL)
    except ConnectorError as error:
        known = explain(error)
        code = known.code if known else os.EX_UNAVAILABLE
        return _facts(name, connector.name, state="failed", message=error.message, hint=error.hint, code=code)
    finally:
        await connector.aclose()
    expires = who.expires_at.isoformat() if who.expires_at else None
    told = {"account": who.handle, "url": who.url, "server": who.server, "followers": who.followers}
    vitals = {"days_left": _days_left(who.expires_at), "budget": _budget(connector), "warning": connector.warning()}
    return _facts(name, connector.name, state="ok", **told, expires_at=expires, **vitals)


def _days_left(ends: "datetime | None") -> int | None:
    from tui.cli._desk import now

    return None if ends is None else max(0, (ends - now()).days)


def _budget(connector: "Connector") -> float | None:
    budget = connector.budget()
    return None if budget is None else round(budget.left, 3)


def _last_seen(setting: "Setting") -> dict[str, dict[str, Any]]:
    """Read what the engine wrote of each source, by name: when it last answered and was heard, whether it is silent."""
    from inbox.status import read_status

    try:
        status = read_status(str(setting.folder)) or {}
    except (OSError, ValueError):
        return {}
    return {source["name"]: source for source in status.get("sources", ())}


def _from_engine(source: dict[str, Any]) -> dict[str, Any]:
    heard = source.get("heard_at")
    at = None if heard is None else datetime.fromtimestamp(heard, UTC).isoformat()
    return {"last_event": at, "silent": bool(source.get("silent"))}


def _show(facts: dict[str, Any], *, as_json: bool) -> None:
    from tui.cli._lines import emit

    if as_json:
        emit({key: value for key, value in facts.items() if key != "code"})
        return
    signs = {"ok": "✓", "unasked": "·"}
    date, warning = (facts.get("expires_at") or "")[:10], facts.get("warning", "")
    ends = _("the token ends on {date}").format(date=date) if date and date not in warning else ""
    said = [facts.get("account", ""), facts.get("server", ""), facts.get("message", ""), facts.get("hint", "")]
    if facts.get("followers") is not None:
        said.append(_("followers: {n}").format(n=facts["followers"]))
    said += [ends, say(warning), *_vital_words(facts)]
    print(f"{signs.get(facts['state'], '✗')} {facts['name']} · {facts['platform']} · {' · '.join(filter(None, said))}")


def _vital_words(facts: dict[str, Any]) -> Iterator[str]:
    from inbox.glance import SourceHealth
    from tui.cli._desk import now
    from tui.vitals import vital_words

    heard, ends = facts["last_event"], facts.get("expires_at")
    health = SourceHealth(
        name=facts["name"],
        network=facts["platform"],
        state=facts["state"],
        heard_at=datetime.fromisoformat(heard) if heard else None,
        silent=facts["silent"],
        budget=facts.get("budget"),
        ends_at=datetime.fromisoformat(ends) if ends else None,
    )
    return vital_words(health, now())
