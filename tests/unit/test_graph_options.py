"""Which addresses a token of Meta's may be sent to, and which host each login has."""

import pytest

from connectors._secret import Secret
from connectors.facebook import FacebookOptions
from connectors.instagram import InstagramOptions

TOKEN = Secret("EAAsome-t0ken")


@pytest.mark.parametrize(
    ("server", "base"),
    [
        ("", "https://graph.facebook.com"),
        ("graph.facebook.com", "https://graph.facebook.com"),
        ("https://proxy.museum.example/v1/", "https://proxy.museum.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_completed(server: str, base: str) -> None:
    assert FacebookOptions(token=TOKEN, server=server).base == base


@pytest.mark.parametrize(
    "server",
    [
        "http://graph.facebook.com",
        "http://127.evil.example",
        "https://a:b@graph.facebook.com",
        "ftp://x",
        "https://[::1",
        "x y",
    ],
)
def test_an_address_that_would_show_the_token_is_refused(server: str) -> None:
    with pytest.raises(ValueError, match="would show the token to others"):
        FacebookOptions(token=TOKEN, server=server)


@pytest.mark.parametrize("version", ["25.0", "v25", "latest", "v25.0/me", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match="version"):
        FacebookOptions(token=TOKEN, version=version)


def test_an_app_is_known_by_its_number() -> None:
    with pytest.raises(ValueError, match="app_id"):
        FacebookOptions(token=TOKEN, app_id="becalm")


@pytest.mark.parametrize(
    ("token", "server", "base"),
    [
        ("IGAAsome-t0ken", "", "https://graph.instagram.com"),
        ("IGAAsome-t0ken", "http://localhost:1", "http://localhost:1"),
        ("EAAsome-t0ken", "", "https://graph.facebook.com"),
    ],
)
def test_each_login_of_instagram_has_its_host(token: str, server: str, base: str) -> None:
    assert InstagramOptions(token=Secret(token), server=server).base == base


def test_no_secret_shows_itself() -> None:
    options = FacebookOptions(token=TOKEN, app_id="44", app_secret=Secret("an-app-s3cret"))

    assert "t0ken" not in repr(options)
    assert "s3cret" not in repr(options)
