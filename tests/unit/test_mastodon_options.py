"""Which addresses a Mastodon token may be sent to."""

import pytest

from connectors._mastodon_options import MastodonOptions
from connectors._secret import Secret


def options(server: str) -> MastodonOptions:
    return MastodonOptions(server=server, token=Secret("s3cr3t-token"))


@pytest.mark.parametrize(
    ("server", "base"),
    [
        ("m.example", "https://m.example"),
        ("https://m.example/", "https://m.example"),
        ("https://m.example:8443/web/home", "https://m.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000/", "http://127.0.0.1:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_an_address_is_completed(server: str, base: str) -> None:
    assert options(server).base == base


@pytest.mark.parametrize(
    ("server", "complaint"),
    [
        ("http://m.example", "http would show the token to everyone on the way; write https://m.example"),
        ("http://127.evil.example", "http would show the token to everyone on the way"),
        ("https://me@m.example", "write the server's address alone"),
        ("@museum@m.example", "write the server's address alone"),
        ("not an address", "is no address of a server"),
        ("", "is no address of a server"),
        ("ftp://m.example", "is no address of a server"),
        ("https://m.example:port", "is no address of a server"),
        ("https://[::1", "is no address of a server"),
    ],
)
def test_an_address_that_would_show_the_token_is_refused_by_its_field(server: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"^server: ") as caught:
        options(server)

    assert complaint in str(caught.value)


def test_options_never_show_their_secret() -> None:
    assert "s3cr3t" not in repr(options("m.example"))
