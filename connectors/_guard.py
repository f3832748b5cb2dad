"""What a token is guarded from: redirects to other hosts, headers it would break, and sight."""

import re
from base64 import b64encode
from ipaddress import ip_address
from urllib.parse import quote, quote_plus, urlsplit

from connectors._errors import AuthenticationError, ProtocolError
from connectors._secret import BasicLogin, Secret

_TOKEN = re.compile("[\x21-\x7e]+")


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


def check_redirect(method: str, url: str, target: str, *, credentials: bool) -> None:
    """Refuse to carry a sending, or a token to another party, along a redirect; and anything out of TLS into the clear.

    Raises:
        ProtocolError: naming both ends.
    """
    here, there = urlsplit(url), urlsplit(target)
    upgrade = (here.scheme, there.scheme) == ("http", "https") and here.hostname == there.hostname
    downgrade = (here.scheme, there.scheme) == ("https", "http")
    at_home = (here.scheme, here.netloc) == (there.scheme, there.netloc) or (upgrade and not there.port)
    if method == "GET" and there.scheme in {"http", "https"} and (at_home or not credentials) and not downgrade:
        return
    where = f"http://{there.netloc}" if downgrade else there.netloc or repr(target)
    hint = f"if {there.netloc or 'that'} is the right server, connect the account with that address"
    if downgrade:
        hint = "whoever runs it has to redirect within https: on the way anybody could read along"
    raise ProtocolError(f"{here.netloc} redirects to {where}, which becalm does not follow", hint=hint)
