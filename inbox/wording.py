"""Wording: the house's templates brought to one comment on the desk: what to offer, filled and measured."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from connectors._contract import Connector
from connectors._model import Measure
from inbox.desk import Picker, Suggestion
from inbox.fold import Inbox
from inbox.item import Item, key_of
from inbox.measuring import measured
from inbox.outbox import COUNTS, OutboxEntry
from inbox.situations.model import PostState, Situation
from inbox.templates import (
    NO_REPLY,
    Context,
    Facts,
    Kind,
    Library,
    Template,
    Use,
    Verdict,
    load,
    load_facts,
    render,
    render_thread,
    rule,
    suggest,
)
from inbox.templates.facts import examples
from inbox.templates.ledger import next_variant
from inbox.triage import answered_by

DRAFTS = {
    "notice": Kind.NOTICE,
    "thread": Kind.THREAD,
    "house_comment": Kind.THREAD,
    "invitation": Kind.INVITATION,
    "appeal": Kind.APPEAL,
    "joke": Kind.OFFBEAT,
}
"""What `Desk.drafts` may be asked for, and the kind of template it comes from."""
OF_ONE_EXHIBITION = frozenset({"work", "artist", "year", "room", "dates", "last_day", "age"})
"""Facts that belong to the exhibition named beside them."""
ANCESTORS = 20
"""How far up a conversation the joke gate looks."""
LINK = "$link"
LINKED = frozenset({"thread", "house_comment", "invitation"})
"""Drafts of one play with a thread: its address is known once it is open."""
REHEARSAL = {
    "": {
        "house": "Musée des Lisières",
        "exhibition": "La Maison qui brûle deux fois",
        "artist": "Nour Castellane",
        "work": "La Maison qui brûle deux fois",
    },
    "fr": {"room": "salle basse", "last_day": "14 mars", "dates": "jusqu’au 14 mars"},
    "en": {"room": "the lower gallery", "last_day": "14 March", "dates": "until 14 March"},
}
"""What the rehearsal's own house says of itself, over the examples."""


class Wording:
    """The packs, the house's facts, and what they come to for one comment."""

    def __init__(self, library: Library, facts: Facts, clock: Callable[[], datetime]) -> None:
        """Offer from `library`, filled from `facts`."""
        self._library = library
        self._facts = facts
        self._clock = clock

    @classmethod
    def of_house(cls, *, packs: Path | None, facts: Path | None, clock: Callable[[], datetime]) -> "Wording":
        """Read a house's packs and facts over ours; what is faulty in them is left out (`templates lint` names it)."""
        known = load_facts(facts)[0] if facts is not None and facts.exists() else Facts()
        return cls(load(packs, known), known, clock)

    @classmethod
    def of_rehearsal(cls, clock: Callable[[], datetime]) -> "Wording":
        """Offer our packs with the invented facts of a rehearsal."""
        facts = examples()
        for language in ("fr", "en"):
            facts = facts.given(language, **REHEARSAL[""], **REHEARSAL[language])
        return cls(load(), facts, clock)

    # -- a comment's context -----------------------------------------------------------------------

    def _context(self, inbox: Inbox, item: Item, language: str = "", state: PostState | None = None) -> Context:
        post = inbox.post_of(item)
        now = self._clock()
        at, since = inbox.items.hot.at, now.timestamp() - 3600
        hour = sum(at[row] > since for row in inbox.items.hot.posts.rows(key_of(item.source, item.comment.post_id)))
        calls = state.calls if state else ()
        author = item.comment.author.native_id
        return Context(
            text=item.comment.text,
            assessment=item.assessment,
            language=language,
            platform=item.network,
            post_text=post.text if post else "",
            above=tuple(above(inbox, item)),
            situations=tuple(call.situation for call in calls),
            rung=3 if inbox.weather.jokes_are_off(post.exhibition if post else "", now) else 0,
            provoker=any(c.situation is Situation.LONE_TROLL and author in c.reason.authors for c in calls),
            at=now.astimezone(),
            rate=float(hour),
            thread=f"{item.source}/{item.comment.post_id}",
            author=f"{item.source}/{item.comment.author.native_id}",
            uses=tuple(self._uses(inbox)),
        )

    def _uses(self, inbox: Inbox) -> list[Use]:
        uses: list[Use] = []
        for entry in inbox.outbox.values():
            template, variant = _resolve(entry.template)
            item = inbox.items.get(entry.target)
            if not template or item is None or entry.state not in COUNTS:
                continue
            known = self._library.templates.get(template)
            uses.append(
                Use(
                    template=template,
                    thread=f"{item.source}/{item.comment.post_id}",
                    author=f"{item.source}/{item.comment.author.native_id}",
                    at=entry.queued_at,
                    variant=variant,
                    joke=known.is_joke if known else False,
                )
            )
        return uses

    def _facts_under(self, inbox: Inbox, item: Item, **known: str) -> Facts:
        """Return the house's facts with what only this place knows: the post's exhibition, a link to come.

        What the house said of one exhibition (its work, its room, its dates) is not true of another.
        """
        post = inbox.post_of(item)
        facts = self._facts
        if post is not None and post.exhibition:
            known["exhibition"] = post.exhibition
            if post.exhibition not in {values.get("exhibition") for values in facts.values.values()}:
                kept = {
                    language: {name: value for name, value in values.items() if name not in OF_ONE_EXHIBITION}
                    for language, values in facts.values.items()
                }
                facts = Facts(kept)
        for language in ("", *facts.values):  # a house's own value in one language would win over a general one
            facts = facts.given(language, **known)
        return facts

    # -- what the desk asks ------------------------------------------------------------------------

    def is_joke(self, template: str) -> bool:
        """Whether a sending's template is an offbeat reply."""
        known = self._library.templates.get(_resolve(template)[0])
        return known is not None and known.is_joke

    def wants_approval(self, template: str) -> bool:
        """Whether a second person must see what this template says before it leaves."""
        known = self._library.templates.get(_resolve(template)[0])
        return known is not None and known.needs_approval

    def joke_refused(self, inbox: Inbox, item: Item, template: str, state: PostState | None = None) -> str:
        """Say why a template must not be used under a comment: a joke under a hard heading; else ""."""
        known = self._library.templates.get(_resolve(template)[0])
        if known is None or not known.is_joke:
            return ""
        ruling = rule(self._context(inbox, item, state=state))
        return f"no joke here: {ruling.reasons[0].heading}" if ruling.verdict is Verdict.HARD else ""

    def picker(
        self, inbox: Inbox, item: Item, connector: Connector | None, language: str, state: PostState | None = None
    ) -> Picker:
        """Build what the reply screen offers, knowing what goes on under the post."""
        context = self._context(inbox, item, language, state)
        facts = self._facts_under(inbox, item)
        offered = suggest(context, self._library, facts)
        prefix = connector.mention_prefix(item.comment) if connector else ""
        suggestions = [
            self._suggestion(
                self._library.templates[i],
                context,
                facts,
                lambda said: measured(inbox, item, connector, prefix + said, "reply"),
            )
            for i in offered.ids
            if i != NO_REPLY
        ]
        return Picker(
            verdict=offered.verdict,
            reason=str(offered.reason or ""),
            words=offered.words,
            no_reply_first=offered.ids[:1] == (NO_REPLY,),
            prefix=prefix,
            suggestions=tuple(suggestions),
            warning=_warning(inbox, item),
        )

    @staticmethod
    def _suggestion(template: Template, context: Context, facts: Facts, count: Callable[[str], Measure]) -> Suggestion:
        variant = next_variant(template, context.uses, context.thread) or 0
        rendered = render(template, facts, variant=variant)
        return Suggestion(
            template=f"{template.id}#{variant}" if variant else template.id,
            label=template.subject,
            about=_about(template),
            text=rendered.text,
            missing=rendered.missing,
            offbeat=template.is_joke,
            measure=count(rendered.text),
        )

    def drafts(
        self, inbox: Inbox, item: Item, connector: Connector | None, what: str, language: str
    ) -> tuple[Suggestion, ...]:
        """List texts of one kind for the place of a comment, those without a hole first.

        Where a thread is opened in the same act, `$link` stands for its address, which the outbox fills in; a notice
        has no such thread, so there the address is asked for like any other missing fact.
        """
        context = self._context(inbox, item, language)
        facts = self._facts_under(inbox, item, **({"link": LINK} if what in LINKED else {}))
        templates = self._library.of(DRAFTS[what], language=context.answer_language)
        found = [
            self._draft(t, facts, what, lambda said: measured(inbox, item, connector, said, what)) for t in templates
        ]
        return tuple(sorted(found, key=lambda draft: bool(draft.missing)))

    @staticmethod
    def _draft(template: Template, facts: Facts, what: str, count: Callable[[str], Measure]) -> Suggestion:
        label = template.subject
        if template.kind is Kind.THREAD:
            thread = render_thread(template, facts)
            rendered = thread.announcement if what == "house_comment" else thread.opening
            label = thread.title.text
        else:
            rendered = render(template, facts)
        return Suggestion(
            template=template.id,
            label=label,
            text=rendered.text,
            missing=rendered.missing,
            offbeat=template.is_joke,
            measure=count(rendered.text),
            lasts=template.lasts,
            about=_about(template),
        )


def above(inbox: Inbox, item: Item) -> Iterator[str]:
    """Yield the texts of the comments that a comment answers, nearest first."""
    for _ in range(ANCESTORS):
        parent = inbox.items.get(key_of(item.source, item.comment.parent_id or ""))
        if parent is None:
            return
        yield parent.comment.text
        item = parent


def _resolve(reference: str) -> tuple[str, int]:
    """Read a template reference, "id" or "id#variant"."""
    template, _, variant = reference.partition("#")
    return template, int(variant) if variant.isdigit() else 0


def _about(template: Template) -> str:
    """Return the words a template is found by, besides its own."""
    return " ".join((str(template.kind), *template.tags, *template.situation))


def _warning(inbox: Inbox, item: Item) -> str:
    earlier = answered_by(inbox, item)
    if earlier is not None:
        return f"{earlier.by} has already answered this comment"
    before = answered_author(inbox, item)
    if before is not None:
        return f"{before.by} has already answered this person"
    return f"{item.claimed_by} is on it" if item.claimed_by else ""


def answered_author(inbox: Inbox, item: Item) -> OutboxEntry | None:
    """Return the latest answer this desk gave to a comment's author, or is about to give."""
    keys = inbox.items.of_author(item.source, item.comment.author.native_id)
    answers = [a for k in keys if k in inbox.sendings_for and (a := answered_by(inbox, inbox.items[k])) is not None]
    return max(answers, key=lambda a: a.queued_at, default=None)
