"""Moderation: what may be decided over many comments at once that the public sees: hidden, deleted, marked as spam."""

from msgspec import Struct


class Hide(Struct, frozen=True, tag="hide"):
    """Hide items from the public, or show them again.

    Attributes:
        reason: of the house's charter; one for all.
        hidden: False shows again, and approves what the platform itself keeps back.
        include_held_back: reach what a batch leaves alone otherwise (threats, questions, a colleague's).
    """

    reason: str
    hidden: bool = True
    include_held_back: bool = False


class Remove(Struct, frozen=True, tag="remove"):
    """Delete visitors' comments on the platform, for the reason of the house's charter; see `Hide`."""

    reason: str
    include_held_back: bool = False


class Spam(Struct, frozen=True, tag="spam"):
    """Mark visitors' comments as spam where the platform learns from it; see `Hide`."""

    reason: str
    include_held_back: bool = False
