"""What a token is guarded from: redirects to other hosts, headers it would break, and sight."""

import re
from base64 import b64encode
from ipaddress import ip_address
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from connectors._errors import AuthenticationError, ProtocolError
from connectors._secret import BasicLogin, Secret
from connectors._text import one_line

_TOKEN = re.compile("[\x21-\x7e]+")
_SHOWN = 200
"""Characters shown of where a redirect leads."""
_NO_ADDRESS = "it is no address of a server: whoever runs it has to mend that"
_IN_THE_CLEAR = "whoever runs it has to redirect within https: on the way anybody could read along"


def host_of(url: str) -> str:
    """Return the host to name in a message, without any user or password; the whole where there is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or url
    except ValueError:  # half an IPv6 address
        return url


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine itself, where http shows nothing to anyone; "127.evil.example" is not."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def authorisation(token: Secret, url: str) -> str:
    """Return the Authorization header's value: Basic for a `BasicLogin` (RFC 7617, in UTF-8), else Bearer.

    Raises:
        AuthenticationError: the token cannot stand in a header; what the libraries say of that would quote it.
    """
    if isinstance(token, BasicLogin):
        return f"Basic {_pair(token)}"
    if not _TOKEN.fullmatch(token.reveal()):
        raise AuthenticationError(
            f"the token for {host_of(url)} holds characters that no token has",
            hint="copy it again, without spaces, line breaks or quotes",
        )
    return f"Bearer {token.reveal()}"


def traces(token: Secret) -> list[str]:
    """Return the forms in which an answer may echo a token, to be blotted out of it: as sent, in JSON, in an address."""
    forms = [token.reveal(), *([_pair(token)] if isinstance(token, BasicLogin) else [])]
    told = [each for form in forms for each in (form, form.replace("/", "\\/"), quote(form, safe=""), quote_plus(form))]
    return [form for form in dict.fromkeys(told) if len(form) >= 8]


def _pair(login: BasicLogin) -> str:
    return b64encode(f"{login.user}:{login.reveal()}".encode()).decode()


def redirected(method: str, url: str, place: str, *, credentials: bool) -> str:
    """Return where a redirect leads; refuse to carry a sending along it, a token to another party, anything out of TLS.

    Args:
        method: only "GET" follows.
        url: what was asked.
        place: where it is to be found, as the server says: an address, or a part of one.
        credentials: whether the request bears any.

    Raises:
        ProtocolError: naming both ends.
    """
    here = urlsplit(url)
    try:
        target = urljoin(url, place)
        there = urlsplit(target)
        port = there.port
    except ValueError:
        why = f"{host_of(url)} redirects to {one_line(place, _SHOWN)!r}, which becalm does not follow"
        raise ProtocolError(why, hint=_NO_ADDRESS) from None
    upgrade = (here.scheme, there.scheme) == ("http", "https") and here.hostname == there.hostname
    downgrade = (here.scheme, there.scheme) == ("https", "http")
    at_home = (here.scheme, here.netloc) == (there.scheme, there.netloc) or (upgrade and not port)
    if method == "GET" and there.scheme in {"http", "https"} and (at_home or not credentials) and not downgrade:
        return target
    known = there.netloc and there.scheme in {"http", "https"}
    where: str = one_line(host_of(target) if known else repr(target), _SHOWN)
    hint = f"if {where} is the right server, connect the account with that address" if known else _NO_ADDRESS
    if downgrade:
        where, hint = f"http://{where}", _IN_THE_CLEAR
    elif (here.scheme, here.netloc) == (there.scheme, there.netloc):
        where = one_line(there.path or "/", _SHOWN)
    raise ProtocolError(f"{host_of(url)} redirects to {where}, which becalm does not follow", hint=hint)
