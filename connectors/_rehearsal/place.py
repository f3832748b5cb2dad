"""The rehearsal's cursor: how far one reader has come in the story, and when that story began."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from connectors._errors import ProtocolError
from connectors._model import Cursor
from connectors._rehearsal.visitors import Reaction


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A cursor: the story's start, and how far the story, our echoes and the reactions to them were read."""

    start: Annotated[datetime, Meta(tz=True)]
    story: Annotated[int, Meta(ge=0)] = 0
    own: Annotated[int, Meta(ge=0)] = 0
    reaction: Reaction | None = None


def read_cursor(cursor: Cursor | None) -> Place | None:
    """Read a cursor; None stays None.

    Raises:
        ProtocolError: it is not one of ours.
    """
    try:
        return None if cursor is None else msgspec.json.decode(cursor, type=Place)
    except msgspec.MsgspecError as error:
        raise ProtocolError(
            f"rehearsal: the cursor is not one of ours: {error}",
            payload=(cursor or "").encode(),
            hint="forget this source's cursor to begin the story again",
        ) from error
