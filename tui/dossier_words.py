"""A comment's particulars as a platform's report form or the police's portal asks for them; needs no terminal library."""

from datetime import datetime

from inbox.desk import Detail
from scoring.assessment import SignalKind
from tui.i18n import N_, _
from tui.phrases import say

PHAROS = "https://www.internet-signalement.gouv.fr"
"""The French portal; what it asks for was read at service-public.gouv.fr (R17674, checked there on 22 September 2025)."""
HEADINGS = (
    (N_("threats or incitement to violence"), {SignalKind.THREAT, SignalKind.DANGER, SignalKind.RENDEZVOUS}),
    (N_("incitement to hatred or discrimination"), {SignalKind.HATE}),
    (N_("persons put in danger"), {SignalKind.DOXING, SignalKind.SELF_HARM}),
    (N_("fraud"), {SignalKind.SPAM}),
)
FORMS = {"pharos": N_("PHAROS, the French police's portal"), "platform": N_("the platform's own report form")}


def dossier(detail: Detail, form: str, *, by: str, desk: str, now: datetime) -> str:
    """Write the particulars of one comment, field by field, in the order in which they are asked for.

    Args:
        detail: the comment.
        form: "pharos" or "platform".
        by: who reports.
        desk: the desk's name.
        now: the moment.
    """
    fields = _pharos(detail) if form == "pharos" else _platform(detail)
    lines = [
        _("{desk}: particulars for {form}, {at}, by {by}").format(desk=desk, form=_(FORMS[form]), at=_when(now), by=by)
    ]
    if form == "pharos":
        lines += [PHAROS, _("Somebody in danger now: 17 or 112 first. Only what everybody can see is taken there.")]
    lines += ["", *(_("{field}: {value}").format(field=_(name), value=value or "-") for name, value in fields)]
    lines += ["", _("The words, as we kept them:"), *(f"> {line}" for line in detail.item.comment.text.split("\n"))]
    sealed = _("Sealed copy with its chain: becalm export --evidence id:{key} --out FOLDER")
    return "\n".join([*lines, "", sealed.format(key=detail.item.key)]) + "\n"


def _pharos(detail: Detail) -> list[tuple[str, str]]:
    comment = detail.item.comment
    found = {signal.kind for signal in detail.item.assessment.signals}
    headings = [_(heading) for heading, kinds in HEADINGS if kinds & found]
    return [
        (N_("nature of the content"), ", ".join(headings) or _("(choose the heading there)")),
        (N_("published"), _when(comment.created_at)),
        (N_("where"), f"{detail.item.network}, {detail.post_title}".strip(", ")),
        (N_("address"), comment.url or detail.post_url),
        (N_("pseudonym of its author"), _author(detail)),
        (N_("seen by us"), _when(detail.item.first_seen)),
        (N_("what was done"), _done(detail)),
    ]


def _platform(detail: Detail) -> list[tuple[str, str]]:
    comment = detail.item.comment
    return [
        (N_("our account"), detail.account),
        (N_("address"), comment.url),
        (N_("id of the comment"), comment.native_id),
        (N_("author"), _author(detail)),
        (N_("author's page"), comment.author.url),
        (N_("published"), _when(comment.created_at)),
        (N_("under"), f"{detail.post_title} {detail.post_url}".strip()),
        (N_("seen by us"), _when(detail.item.first_seen)),
        (N_("what was done"), _done(detail)),
    ]


def _author(detail: Detail) -> str:
    author = detail.item.comment.author
    return " · ".join(dict.fromkeys(filter(None, (author.name, author.handle, author.native_id))))


def _done(detail: Detail) -> str:
    said = [_("hidden by us")] if detail.item.hidden else []
    said += [say(entry.reason) for entry in detail.sendings if entry.reason]
    return ", ".join(dict.fromkeys(said)) or _("nothing yet")


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"
