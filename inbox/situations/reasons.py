"""The reasons for situations as English sentences, and the patterns an interface translates."""

from inbox.situations.model import Reason, Stir, Target

PATTERNS = {
    "copies": "{people} people posted near-identical texts within {minutes} min, against {target}",
    "crowd": "{people} people speak against {target} within {minutes} min, {hot} of their comments heated (about {usual} people an hour are usual on this page)",
    "quarrel": "{people} visitors answer each other back: {comments} messages in {minutes} min, {hot} of them tense or worse, the house is not the target",
    "barbs_of_two": "two people: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors who talk normally",
    "barbs_again": "one person: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors, and the same under {elsewhere} other posts before",
    "barbs": "one person: {comments} comments in {minutes} min, {hot} of them tense or worse, unasked at {approached} visitors who talk normally",
}
"""Reason code -> sentence; the names in braces are the fields of `Reason`, `{target}` one of `TARGETS`."""

TARGETS = {
    Target.HOUSE: "the house",
    Target.ARTIST: "the artist",
    Target.WORK: "the work",
    Target.VISITOR: "visitors",
}

STIRS = {
    Stir.THANKS: "many people are glad; nothing to fear",
    Stir.QUESTIONS: "many people ask; answer them first",
    Stir.SERVICE: "many people complain of queues, tickets or comfort, not of the show",
    Stir.CRITICISM: "many people are cross and stay civil",
    Stir.COPIES: "many people post the same harmless text",
    Stir.TALK: "many people talk",
}


def sentence(reason: Reason) -> str:
    """Write a reason in English, without names or texts."""
    return PATTERNS[reason.code].format(
        people=reason.people,
        comments=reason.comments,
        minutes=reason.minutes,
        hot=reason.hot,
        approached=reason.approached,
        elsewhere=reason.elsewhere,
        usual=reason.usual,
        target=TARGETS[reason.target],
    )
