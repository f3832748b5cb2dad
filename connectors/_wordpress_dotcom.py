"""Comments as WordPress.com's own older API tells them (v1, v1.1), put the way WordPress itself puts them."""

from connectors._fields import Fields, table, text

_SIGNS = frozenset({"content", "raw_content", "i_replied"})


def is_comment(row: Fields) -> bool:
    """Whether an object is a comment there: posts have a title, people have no words.

    Source: https://developer.wordpress.com/docs/api/1.1/get/sites/%24site/comments/
    """
    return "ID" in row and "title" not in row and not _SIGNS.isdisjoint(row)


def as_wordpress(row: Fields) -> Fields:
    """Translate a comment; its author's e-mail and address stay behind."""
    author = table(row.get("author"))
    return {
        "id": row["ID"],
        "post": table(row.get("post")).get("ID"),
        "parent": table(row.get("parent")).get("ID"),
        "author": author.get("ID"),
        "author_name": text(author.get("name")) or text(author.get("nice_name")) or text(author.get("login")),
        "author_url": author.get("URL"),
        "date_gmt": row.get("date"),
        "content": {"raw": row.get("raw_content"), "rendered": row.get("content")},
        "link": row.get("URL"),
        "status": row.get("status"),
    }
