"""What is said of the clipboard: copied, or shown where the terminal has none, to be copied by hand."""

from tui.i18n import _
from tui.widgets.paint import row_safe


def address_copied(url: str, *, copied: bool) -> str:
    """Say that an address was copied, or where to read it."""
    words = _("Address copied: {url}") if copied else _("This terminal has no clipboard; the address: {url}")
    return words.format(url=url)


def text_copied(text: str, *, copied: bool) -> str:
    """Say that a text was copied, or show it."""
    if copied:
        return _("Text copied")
    return _("This terminal has no clipboard; the text: {text}").format(text=row_safe(text))
