"""The fault table: what each platform answers when something is wrong, and what must come of it on a desk.

What goes wrong everywhere stands here; what a platform says in its own words stands in a module beside, every row with
the file or the page of that platform which says so.
"""

import gzip

from fault_rows import ELSEWHERE, EVIL, Row, Rows, away, nonsense, page, raw, refused, said, to
from fault_server import ALWAYS, Door, End, Fault
from fault_words import BLUESKY, MASTODON, WORDPRESS
from fault_words_of_meta import META

from connectors._model import NotSent

BOMB = gzip.compress(bytes(17 * 2**20), mtime=0)
HALF = b'{"id": "1", "content": "Mer'
EVERYWHERE: Rows = {
    "nobody listens": away(Door.SHUT, "nobody listens there", NotSent),
    "time-out before: no connection": away(Door.JAMMED, "cannot be reached", NotSent),
    "time-out before processing": away(raw(end=End.SILENT), "did not answer in time"),
    "time-out after processing": away(raw(end=End.SILENT, late=True), "did not answer in time"),
    "an answer in drops": away(raw(b"{", End.DRIP), "did not answer in time"),
    "an answer in drops, after processing": away(raw(b"{", End.DRIP, late=True), "did not answer in time"),
    "hung up before processing": away(raw(end=End.DROPPED), "cut the connection"),
    "hung up after processing": away(raw(end=End.DROPPED, late=True), "cut the connection"),
    "cut off": away(raw(HALF, End.CUT), "cut the connection"),
    "cut off after processing": away(raw(end=End.CUT, late=True), "cut the connection"),
    "408": away(said(408, {"error": "Request timeout"}), "answered 408"),
    "500": away(said(500, {"error": "oops"}), "answered 500"),
    "500 in HTML, after processing": away(page(500, "Internal Server Error", late=True), "answered 500"),
    "502 in HTML": away(page(502, "Bad gateway"), "answered 502"),
    "503 in HTML": away(page(503, "Maintenance"), "answered 503"),
    **{
        f"503 until {when}": away(said(503, {"error": "Maintenance"}, Retry_After=value), "answered 503", pause=300)
        for when, value in {"then": "300", "a date": "Fri, 20 Nov 2026 12:05:00 GMT"}.items()
    },
    "504 after processing": away(page(504, "Gateway time-out", late=True), "answered 504"),
    "truncated": nonsense(raw(HALF), "cannot be read"),
    "truncated after processing": nonsense(raw(HALF, late=True), "cannot be read"),
    "malformed": nonsense(raw(b"\xff\xfe{{{"), "cannot be read"),
    "empty": nonsense(raw(), "an empty body"),
    "cut off in a chunk": away(raw(HALF, End.CHUNK), "cut the connection"),
    "cut off in a chunk, after processing": away(raw(HALF, End.CHUNK, late=True), "cut the connection"),
    "a gzip bomb": nonsense(raw(BOMB, encoding="gzip"), "more than 16 MB"),
    "what is no gzip": nonsense(raw(b"{}", encoding="gzip"), "do not understand"),
    "an error under a 200": nonsense(said(200, {"error": "no", "message": "no"}), ""),
    "a login page": nonsense(page(200, "Log in"), "a web page"),
    "nothing at all": nonsense(said(200, None), "in place of a"),
    "a header of a megabyte": away(Fault(200, b"{}", {"X-Long": "x" * 2**20}, times=ALWAYS), "cut the connection"),
    "a wrong type": nonsense(said(200, 7), "in place of a"),
    **{f"{status} to another port": nonsense(to(status, EVIL), "redirects to") for status in (302, 307)},
    **{f"{status} to another host": nonsense(to(status, ELSEWHERE), "redirects to") for status in (301, 303, 308)},
    "302 to a file": nonsense(to(302, "file:///etc/passwd"), "redirects to"),
    "302 in circles": nonsense(to(302, "/again"), "redirects"),
    "302 to a script": nonsense(to(302, "javascript:alert(1)"), "redirects to"),
    "302 to half an address": nonsense(to(302, "https://[::1"), "redirects to"),
    "302 to nowhere": nonsense(to(302, ""), "answered 302"),
    "404": refused(said(404, {"error": "Record not found"}), "answered 404"),
    "409": refused(said(409, {"error": "Conflict"}), "answered 409"),
    "410": refused(said(410, {"error": "Gone"}), "answered 410"),
    "403 of a firewall": refused(page(403, "Forbidden"), "check its rights"),
    "501": refused(said(501, {"error": "Not implemented"}), "answered 501"),
}

IN_ITS_OWN_WORDS: dict[str, Rows] = {
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
    "wordpress": WORDPRESS,
    "facebook": META,
    "instagram": META,
}


def rows_of(platform: str) -> dict[str, Row]:
    """Return every fault of a platform; of a newcomer that has no words of its own, what goes wrong everywhere."""
    return EVERYWHERE | IN_ITS_OWN_WORDS.get(platform, {})
