"""The desk's side of the flood: one real connector for each account, in the order in which the servers stand."""

from connectors._bluesky_options import BlueskyOptions
from connectors._contract import Connector
from connectors._graph_options import GraphOptions
from connectors._http import Http
from connectors._mastodon_options import MastodonOptions
from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions
from connectors.bluesky import Bluesky
from connectors.facebook import Facebook, FacebookOptions
from connectors.instagram import Instagram, InstagramOptions
from connectors.mastodon import Mastodon
from connectors.wordpress import WordPress
from flood import bluesky, graph, mastodon, wordpress


def source_of(number: int, kind: str) -> str:
    """Name the source of an account."""
    return f"{kind}{number}"


def connector(number: int, kind: str, port: int, http: Http) -> Connector:
    """Make the connector of one account."""
    source, server = source_of(number, kind), f"http://127.0.0.1:{port}"
    if kind == "mastodon":
        return Mastodon(source, MastodonOptions(server=server, token=Secret(mastodon.TOKEN)), http)
    if kind == "wordpress":
        password = Secret(wordpress.PASSWORD)
        return WordPress(source, WordPressOptions(server=server, user=wordpress.USER, password=password), http)
    if kind == "bluesky":
        handle = bluesky.handle_of(number)
        return Bluesky(source, BlueskyOptions(handle=handle, password=Secret(bluesky.PASSWORD), server=server), http)
    options: type[GraphOptions] = FacebookOptions if kind == "facebook" else InstagramOptions
    given = options(token=Secret(graph.TOKEN), server=server)
    return Facebook(source, given, http) if kind == "facebook" else Instagram(source, given, http)
