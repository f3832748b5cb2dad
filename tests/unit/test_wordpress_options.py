"""Which addresses a WordPress password may be sent to, and in which form."""

import pytest

from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions


def options(server: str, user: str = "museum", password: str = "abcd EFGH") -> WordPressOptions:
    return WordPressOptions(server=server, user=user, password=Secret(password))


@pytest.mark.parametrize(
    ("server", "base"),
    [
        ("blog.example", "https://blog.example"),
        ("https://museum.example/blog/", "https://museum.example/blog"),
        ("https://museum.example/blog/wp-json/wp/v2", "https://museum.example/blog"),
        ("https://museum.example/wp-admin/profile.php", "https://museum.example"),
        ("http://127.0.0.1:38090/", "http://127.0.0.1:38090"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost/blog", "http://localhost/blog"),
    ],
)
def test_an_address_is_completed_and_keeps_its_folder(server: str, base: str) -> None:
    assert options(server).base == base


@pytest.mark.parametrize(
    ("server", "complaint"),
    [
        ("http://blog.example", "http would show the password to everyone on the way"),
        ("http://127.evil.example", "http would show the password"),
        ("https://museum:pw@blog.example", "write the site's address alone"),
        ("not an address", "is no address of a site"),
        ("", "is no address of a site"),
        ("ftp://blog.example", "is no address of a site"),
        ("https://blog.example:port", "is no address of a site"),
        ("https://[::1", "is no address of a site"),
    ],
)
def test_an_address_that_would_show_the_password_is_refused_by_its_field(server: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"^server: ") as caught:
        options(server)

    assert complaint in str(caught.value)


@pytest.mark.parametrize("user", ["", " ", "museum:abcd"])
def test_a_name_that_no_account_has_is_refused(user: str) -> None:
    with pytest.raises(ValueError, match=r"^user: "):
        options("blog.example", user)


def test_the_password_is_sent_without_its_blanks_and_never_shown() -> None:
    made = options("blog.example", " museum ", "s3cr 3tpa ss")

    assert (made.login.user, made.login.reveal()) == ("museum", "s3cr3tpass")
    assert "s3cr" not in f"{made!r} {made.login!r} {made.login}"
