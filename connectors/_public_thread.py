"""PublicThread: what a platform shows of one thread to anybody who asks, whichever platform it is."""

from msgspec import Struct

from connectors._model import Author, Comment, Post


class PublicThread(Struct, frozen=True, kw_only=True):
    """One thread as strangers see it.

    Attributes:
        platform: the platform's name.
        post: what people comment on.
        author: who published it; their own comments are marked `is_self`.
        comments: those under it that anybody may read, oldest first.
        missing: how many more the platform counts and did not show; some are deleted, some for members only.
    """

    platform: str
    post: Post
    author: Author
    comments: tuple[Comment, ...]
    missing: int = 0
