"""Looked: a thread that is not on the desk, judged as the desk would: scored, its copies folded, its situations called."""

from msgspec import Struct

from connectors._model import Comment
from connectors._public_thread import PublicThread
from inbox.situations.batch import PostSituation, Row, situations
from scoring import Assessment, Thresholds, assess


class Judged(Struct, frozen=True):
    """One comment and what is thought of it.

    Attributes:
        comment: as the platform shows it.
        assessment: what scoring says of it.
        wave: the id of the wave it is a copy in, or "".
        held: whether no fold may swallow it: a danger or a question is in it.
        copies: how many further copies a fold of it stands for.
    """

    comment: Comment
    assessment: Assessment
    wave: str = ""
    held: bool = False
    copies: int = 0


class Looked(Struct, frozen=True):
    """A thread, judged.

    Attributes:
        thread: what was read.
        comments: every comment, oldest first.
        situation: what goes on.
    """

    thread: PublicThread
    comments: tuple[Judged, ...]
    situation: PostSituation

    def folded(self) -> list[Judged]:
        """Return one comment for each wave, its first, and every other one; held copies stay apart."""
        firsts: set[str] = set()
        shown = []
        for each in self.comments:
            if each.held or not each.wave or each.wave not in firsts:
                shown.append(each)
            if each.wave and not each.held:
                firsts.add(each.wave)
        return shown


def judge(thread: PublicThread, thresholds: Thresholds) -> Looked:
    """Judge a thread with the scoring and the detector of the live desk."""
    judged = {
        comment.native_id: assess(comment.text, has_picture=bool(comment.attachments), thresholds=thresholds)
        for comment in thread.comments
    }
    rows = [_row(thread, comment) for comment in thread.comments]
    called = situations(rows, judge=lambda row: judged[str(row.id)])
    situation = called[0] if called else PostSituation(post=thread.post.native_id)
    waves = {str(id_): wave for wave in situation.waves for id_ in wave.comments}
    seen: set[str] = set()
    found = []
    for comment in thread.comments:
        assessment, wave = judged[comment.native_id], waves.get(comment.native_id)
        held = assessment.is_danger or assessment.is_question
        first = wave is not None and not held and wave.id not in seen
        if wave is not None and first:
            seen.add(wave.id)
        copies = len(wave.comments) - len(wave.held) - 1 if wave is not None and first else 0
        found.append(Judged(comment, assessment, wave.id if wave else "", held, copies))
    return Looked(thread, tuple(found), situation)


def _row(thread: PublicThread, comment: Comment) -> Row:
    return Row(
        id=comment.native_id,
        post=thread.post.native_id,
        author=comment.author.native_id,
        at=comment.created_at,
        text=comment.text,
        parent=comment.parent_id,
        platform=thread.platform,
        author_name=comment.author.name,
        own=comment.author.is_self,
    )
