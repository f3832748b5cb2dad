"""Eight accounts on five platforms under a flood, in a process of their own.

Run as a program: load_server.py SECONDS RATE SEED. Prints one line of JSON with the ports, and at its end (a line on
stdin) another with what it was asked. Comments arrive by the clock from the first look at an account on, RATE a second
over all of them; a request beyond a platform's limit is refused in its dialect and counted. Replies are published, and
the answer to some of them is lost: 504, after the work was done.
"""

import json
import sys
import threading
from http.server import ThreadingHTTPServer
from typing import Any

from flood.arrivals import Arrivals
from flood.bluesky import Bluesky, accounts_of
from flood.facebook import Facebook
from flood.graph import ACCOUNT_ID, PAGE_ID
from flood.instagram import Instagram
from flood.limits import BlueskyLimit, GraphLimit, Limit, MastodonLimit, PluginLimit
from flood.mastodon import Mastodon
from flood.wire import Handler
from flood.wordpress import WordPress

KINDS = ("mastodon", "wordpress", "bluesky", "facebook", "mastodon", "wordpress", "bluesky", "instagram")
STREAMED = 4
"""The server of Mastodon's kind that has a live stream; the other has none, as where a proxy cuts it."""


class Servers:
    """The platforms' servers: one an account, but that both accounts on Bluesky live on one."""

    def __init__(self, seconds: float, rate: float, seed: int) -> None:
        """Start serving."""
        self.arrivals = [
            Arrivals(number, rate / len(KINDS), seconds, seed + number, edits=kind != "bluesky")
            for number, kind in enumerate(KINDS)
        ]
        self.limits: list[Limit] = []
        shared = BlueskyLimit()
        living = accounts_of([each for each in self.arrivals if KINDS[each.number] == "bluesky"])
        at_bluesky = self._serve(Bluesky, shared, accounts=living)
        self.ports = [at_bluesky if KINDS[a.number] == "bluesky" else self._account(a) for a in self.arrivals]

    def _account(self, arrivals: Arrivals) -> int:
        kind = KINDS[arrivals.number]
        if kind == "mastodon":
            return self._serve(Mastodon, MastodonLimit(), arrivals=arrivals, streams=arrivals.number == STREAMED)
        if kind == "wordpress":
            return self._serve(WordPress, PluginLimit(), arrivals=arrivals)
        if kind == "facebook":
            return self._serve(Facebook, GraphLimit(PAGE_ID, "pages"), arrivals=arrivals)
        return self._serve(Instagram, GraphLimit(ACCOUNT_ID, "instagram"), arrivals=arrivals)

    def _serve(self, kind: type[Handler], limit: Limit, **given: Any) -> int:
        self.limits.append(limit)
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (kind,), {"limit": limit, **given}))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def account(self) -> dict[str, Any]:
        """Say what was asked of the platforms, and what they told."""
        limits = [{"of": type(limit).__name__.removesuffix("Limit"), **limit.account()} for limit in self.limits]
        return {"accounts": [each.account() for each in self.arrivals], "limits": limits}


def main(seconds: float, rate: float, seed: int) -> None:
    """Serve until a line is read."""
    servers = Servers(seconds, rate, seed)
    told = {"kinds": KINDS, "ports": servers.ports, "total": sum(each.total for each in servers.arrivals)}
    print(json.dumps(told), flush=True)
    sys.stdin.readline()
    print(json.dumps(servers.account()), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
