"""Reception: where comments become events: scored, heard by the situation detector, joined to their waves, kept."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from msgspec import structs

from connectors._model import Batch, Comment, Gone, Post
from inbox.events import AnyEvent, Seen, WentAway
from inbox.heralds import announcements, followers
from inbox.item import key_of, written_at
from inbox.ledger import Ledger
from inbox.situations.detector import Detector
from inbox.situations.model import Heard, PostState
from inbox.sources import changed_since
from scoring.assessment import Assessment
from scoring.thresholds import Thresholds

REMEMBERED = 20_000
"""Comments from which waves and situations are read again after a start."""


class Reception:
    """Takes comments in, one page at a time whatever arrives in parallel; every call may block for the disk.

    Attributes:
        situations: the posts that are not quiet, by "SOURCE/POST"; replaced whole, so that readers never wait.
        remembered: set once waves and situations have been read again.
    """

    def __init__(
        self,
        ledger: Ledger,
        networks: Mapping[str, str],
        *,
        clock: Callable[[], datetime],
        thresholds: Thresholds,
    ) -> None:
        """Keep what arrives in `ledger`.

        Args:
            ledger: the desk's truth.
            networks: the connector's name of each source, for comments that do not say where they were written.
            clock: the time, aware.
            thresholds: from which score this house calls a text tense or heated.
        """
        self.situations: Mapping[str, PostState] = {}
        self.remembered = threading.Event()
        self._ledger = ledger
        self._networks = networks
        self._clock = clock
        self._thresholds = thresholds
        self._detector = Detector()
        self._arriving = threading.Lock()

    def remember(self) -> None:
        """Read waves and situations again from the latest comments of the ledger; before anything arrives."""
        with self._ledger.reading() as inbox:
            items = inbox.items  # these, if everything is read anew meanwhile
            latest = sorted(islice(reversed(items.hot.rows()), REMEMBERED), key=items.hot.at.__getitem__)
        with self._arriving:
            for row in latest:  # read one at a time: together they would weigh more than the desk
                try:
                    item = items.at(row)
                except KeyError:  # forgotten meanwhile
                    continue
                self._detector.add(heard(item.source, item.comment, item.assessment, own=item.own, at=written_at(item)))
            self._publish()
        self.remembered.set()

    def ingest(self, source: str, batch: Batch) -> int:
        """Score a batch and make it durable with its cursor; returns how many comments were new or edited.

        Raises:
            StoreError: nothing of it was kept; the same poll will bring it again.
        """
        with self._arriving:
            inbox = self._ledger.inbox
            comments: list[Comment] = []
            oldest = self._oldest(source)
            latest = {comment.native_id: comment for comment in batch.comments}  # a page may name one twice
            for comment in latest.values():
                if self._ledger.is_erased(source, comment.author.native_id):
                    continue
                stamped = self._stamped(source, comment)
                item = inbox.items.get(key_of(source, stamped.native_id))
                if item is None and oldest is not None and stamped.created_at < oldest:
                    continue  # it would be forgotten as soon as it is done with
                if item is None or item.comment != stamped or item.gone:
                    comments.append(stamped)
            # "" is no place to go on from: an import has none, and must not move its namesake's
            cursor = batch.cursor if batch.cursor not in {"", inbox.cursors.get(source)} else None
            posts = tuple(p for p in batch.posts if inbox.posts.get((source, p.native_id)) != p)
            if comments or posts or cursor is not None:
                self._ledger.record(self._arrived(source, comments, posts, cursor))
            return len(comments)

    def _oldest(self, source: str) -> datetime | None:
        """Return before when a platform's comments are not taken in; what somebody imports always is."""
        return self._ledger.inbox.retention.oldest(source, self._clock()) if source in self._networks else None

    def look_again(self, source: str, found: Sequence[Comment | Gone]) -> None:
        """Take in what a second look at comments found: edits, and what is gone.

        Raises:
            StoreError: nothing of it was kept.
        """
        stamped = [self._stamped(source, each) if isinstance(each, Comment) else each for each in found]
        with self._arriving:
            comments, gone = changed_since(self._ledger.inbox, source, stamped)
            events: list[AnyEvent] = self._arrived(source, comments, (), None) if comments else []
            for why in sorted({g.why for g in gone}):
                keys = tuple(key_of(source, g.native_id) for g in gone if g.why == why)
                events.append(WentAway(at=self._clock(), keys=keys, why=why))
            if events:
                self._ledger.record(events)
            for each in gone:
                self._detector.remove(key_of(source, each.native_id))
            self._publish()
            self._announce()

    def let_time_pass(self) -> bool:
        """End the situations that have been quiet for long enough; tells whether any ended.

        Raises:
            StoreError: the end could not be announced; the next call announces it.
        """
        with self._arriving:
            ended = self._detector.tick(self._clock())
            self._publish()
            self._announce()
        return bool(ended)

    def _announce(self) -> None:
        events = self._announcements()
        if events:
            self._ledger.record(events)

    def _announcements(self) -> list[AnyEvent]:
        """Say what began and ended since the last time; nothing before the past has been read again."""
        if not self.remembered.is_set():
            return []
        inbox = self._ledger.inbox
        ended = [call for post in inbox.weather.called for call in self._detector.post(post).past]
        return announcements(inbox, self.situations, ended, self._clock())

    def _arrived(
        self, source: str, comments: Sequence[Comment], posts: tuple[Post, ...], cursor: str | None
    ) -> list[AnyEvent]:
        """Return what the arrival of a page comes to: the page, copies that follow their wave, situations announced."""
        seen = self._seen(source, comments, posts, cursor)
        late = followers(self._ledger.inbox, source, seen.comments, seen.assessments, seen.waves, seen.at)
        return [seen, *late, *self._announcements()]

    def _stamped(self, source: str, comment: Comment) -> Comment:
        network = self._networks.get(source) or source.partition(":")[2]
        return comment if comment.network else structs.replace(comment, network=network)

    def _seen(self, source: str, comments: Sequence[Comment], posts: tuple[Post, ...], cursor: str | None) -> Seen:
        assessments = tuple(self._assess(source, comment) for comment in comments)
        return Seen(
            at=self._clock(),
            source=source,
            comments=tuple(comments),
            assessments=assessments,
            waves=self._hear(source, comments, assessments),
            posts=posts,
            cursor=cursor,
        )

    def _assess(self, source: str, comment: Comment) -> Assessment:
        """Score one comment; under a post where something goes on, praise is not taken at its word."""
        from scoring import assess  # the lexicons are read at the first comment, not at the first paint

        return assess(
            comment.text,
            flagged=key_of(source, comment.post_id) in self.situations,
            has_picture=bool(comment.attachments),
            thresholds=self._thresholds,
        )

    def _hear(self, source: str, comments: Sequence[Comment], assessments: Sequence[Assessment]) -> dict[str, str]:
        """Let the detector hear new comments, in the order they were written; return the waves they join."""
        joined: dict[str, str] = {}
        arriving = {key_of(source, comment.native_id) for comment in comments}
        arrivals = sorted(zip(comments, assessments, strict=True), key=lambda pair: pair[0].created_at)
        now = self._clock()
        for comment, assessment in arrivals:
            at = min(comment.created_at, now)  # a date in the future would hold every situation open until then
            word = heard(source, comment, assessment, own=comment.author.is_self, at=at)
            self._detector.add(word)
            wave = self._detector.waves.wave_of(word.key)
            if wave is None or word.own:
                continue
            # the first of a wave learns of it when the second comes, or once that could be kept
            first = self._detector.waves.first_of(word.key) or word.key
            known = self._ledger.inbox.items.get(first)
            if (first in arriving) if known is None else known.wave != wave:
                joined[first] = wave
            joined[word.key] = wave
        self._publish()
        return joined

    def _publish(self) -> None:
        self.situations = {state.post: state for state in self._detector.posts()}


def heard(source: str, comment: Comment, assessment: Assessment, *, own: bool, at: datetime) -> Heard:
    """Put a comment into the detector's words."""
    return Heard(
        key=key_of(source, comment.native_id),
        post=key_of(source, comment.post_id),
        author=comment.author.native_id,
        at=at,
        text=comment.text,
        assessment=assessment,
        parent=key_of(source, comment.parent_id) if comment.parent_id else None,
        page=source,
        name=comment.author.handle,
        own=own,
    )
