"""What scoring says of one text: sentiment, risk, level, language and the signals behind them."""

from enum import IntEnum, StrEnum

from msgspec import Struct


class RiskLevel(IntEnum):
    """How soon a careful community manager must look; ordered, so levels compare.

    Attributes:
        CALM: thanks, chat, questions, factual criticism, strong words about the work itself.
        TENSE: sharp or contemptuous criticism, a demand to remove the work.
        HEATED: an insult, a call to boycott or to flood, an accusation of a crime.
        CRITICAL: a threat, someone's address, a rendezvous to disturb, hate, self-harm, danger on site.
    """

    CALM = 0
    TENSE = 1
    HEATED = 2
    CRITICAL = 3

    @property
    def label(self) -> str:
        """The level's stable English name in lower case, as commands print and read it."""
        return self.name.lower()


class SignalKind(StrEnum):
    """Why a text was judged as it was; one named rule family each."""

    INSULT = "insult"
    INSULT_STAFF = "insult_staff"
    INSULT_ARTIST = "insult_artist"
    THREAT = "threat"
    DOXING = "doxing"
    RENDEZVOUS = "rendezvous"
    CALL_TO_ACT = "call_to_act"
    CENSORSHIP = "censorship"
    REMOVAL_DEMAND = "removal_demand"
    ACCUSATION = "accusation"
    SHOUTING = "shouting"
    SARCASM = "sarcasm"
    IRONY = "irony"
    HATE = "hate"
    GRIEF = "grief"
    SELF_HARM = "self_harm"
    MINOR = "minor"
    LEGAL = "legal"
    RELIGION = "religion"
    COLONIAL = "colonial"
    DISABILITY = "disability"
    STAFF_CONDUCT = "staff_conduct"
    REFUND = "refund"
    STRIKE = "strike"
    PRESS = "press"
    QUESTION = "question"
    THANKS = "thanks"
    SPAM = "spam"
    DANGER = "danger"
    TONE = "tone"


DANGERS = frozenset(
    {
        SignalKind.THREAT,
        SignalKind.DOXING,
        SignalKind.RENDEZVOUS,
        SignalKind.HATE,
        SignalKind.SELF_HARM,
        SignalKind.DANGER,
    }
)
"""Signals that mean danger to somebody: a kind apart from anger, with a queue of its own."""
SUSPICION = 1.2
"""Weight of a danger that no rule found: the text is only like others that were one (`scoring.register`)."""


class Signal(Struct, frozen=True, gc=False):
    """One reason for a level.

    Attributes:
        kind: which rule spoke.
        start: first code point of the words that caused it.
        end: one past the last code point.
        text: those words, as written.
        weight: how much it moved the risk; positive raises, negative lowers.
    """

    kind: SignalKind
    start: int
    end: int
    text: str
    weight: float

    @property
    def is_suspicion(self) -> bool:
        """Whether the text is only like a danger, though no rule found one."""
        return self.kind in DANGERS and self.weight == SUSPICION


class Assessment(Struct, frozen=True, gc=False):
    """What one text is judged to be.

    Attributes:
        sentiment: VADER's compound of the language used, -1 (negative) to 1 (positive).
        risk: 0 to 1, monotone in `level`: sorting by risk sorts by level.
        level: the level shown as symbol and colour.
        language: ISO 639-1 code of the language scored ("fr", "en"), or "other".
        sure: whether the language was recognised with confidence.
        signals: the reasons, strongest first.
    """

    sentiment: float
    risk: float
    level: RiskLevel
    language: str
    sure: bool = True
    signals: tuple[Signal, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether a real visitor question is in the text, whatever its level."""
        return any(s.kind is SignalKind.QUESTION for s in self.signals)

    @property
    def is_danger(self) -> bool:
        """Whether a signal of danger (threat, doxing, rendezvous, hate, self-harm, danger on site) is in it.

        A mere likeness raises the level and is named as a reason; alone it masks nothing and holds nothing back, for one
        in twenty harmless comments has it.
        """
        return any(s.kind in DANGERS and not s.is_suspicion for s in self.signals)
