"""Who a message is aimed at, in what tone: a visitor, the house, the artist or the work; jab, kindness or demand."""

import re

from inbox.situations.model import Heard, Said, Target
from scoring import Assessment, RiskLevel, SignalKind
from scoring.folding import MAX_EXAMINED, fold

_MENTION = re.compile(r"(?<![\w/])@([\w.\-]+)")
_AT_WORK = frozenset({SignalKind.REMOVAL_DEMAND})
_PROTEST = frozenset(
    {
        SignalKind.REMOVAL_DEMAND,
        SignalKind.CALL_TO_ACT,
        SignalKind.ACCUSATION,
        SignalKind.CENSORSHIP,
        SignalKind.RENDEZVOUS,
    }
)
_LONG_THANKS = 8  # words
_CRIES = frozenset({SignalKind.SELF_HARM, SignalKind.DANGER})
_AIMED = frozenset(
    {
        SignalKind.INSULT,
        SignalKind.INSULT_STAFF,
        SignalKind.INSULT_ARTIST,
        SignalKind.THREAT,
        SignalKind.DOXING,
        SignalKind.HATE,
        SignalKind.CALL_TO_ACT,
        SignalKind.ACCUSATION,
    }
)
# What visitors of any house are furious about and nobody floods: the queue, the till, the toilets.
_SERVICE = re.compile(
    r"""
    \b(?:files?|queues?|queu(?:e?ing|ed)|attente|attend(?:re|u|ons|ait)|waited|waiting|toilettes?|toilets?|restrooms?|wc|loos?)\b
    |\b(?:parking|stationnement|vestiaire|cloakroom|billets?|billetterie|guichets?|caisses?|tickets?|bookings?|reservations?|creneaux?)\b
    |\b(?:rembours\w+|refund\w*|climatisation|air\Wcon\w*|ascenseurs?|escalators?|elevators?|lifts?|navettes?|bonde\w*|overcrowded|packed)\b
    """,
    re.VERBOSE,
)
# Laughter, hearts, smiles: what friends put beside a word that would be an insult between strangers.
_SMILES = re.compile("[😀-😎😘😜🤗🤣🥰🙂🙏❤♥💕👏🎉]|:-?\\)|;-?\\)|<3|\\^\\^")
_LAUGHS = re.compile(
    r"\b(?:lol|mdr+|ptdr+|haha\w*|hihi\w*|hehe\w*|xd|jk|just kidding|je plaisante|je rigole|bisous?|xx+)\b"
)
_YOU = re.compile(r"\b(?:tu|t|te|toi|ton|ta|tes|vous|votre|vos|you|your|yours|youre|u|ur)\b")
_VERBS = "demand|reclam|refus|denonc|protest|condamn|oppos|exige|sign"
_GIVE_IN = (
    "retire|rende|restitue|enleve|decroche|cesse|arrete|annule|renonce|ferme|rouvre|publie|respecte|reponde|demissionne"
)
_YIELD = (
    "remove|return|take|give|apologi[sz]e|close|cancel|cut|end|stop|drop|resign|answer|explain|withdraw|refuse|publish"
)
# Speech acts of a petition in any subject: asking, refusing, opposing, wanting back. No topic words, first persons only:
# a class that writes what it is asked to write demands nothing.
_DEMAND = re.compile(
    rf"""
    \b(?:{_VERBS})(?:e|ss)?ons\b
    |\b(?:je|j'|on)\W{{0,2}}(?:vous\W|leur\W)?(?:{_VERBS})e?\b
    |\b(?:rendez|rendons|retirez|renoncez|annulez|cessez|arretez|fermez|rouvrez)\b
    |\b(?:ca\Wsuffit|assez\Wde|non\Wa\W|contre\Wl[ea']|stop\Wa|touche\Wpas|halte\Wa|inadmissible|inacceptable|indigne|scandal\w+|honteu\w+|honte)\b
    |\b(?:we|i)\W(?:\w+\W){{0,2}}?(?:ask(?:ing)?|demand|call\Won|urge|refuse|object|protest|condemn|oppose)\b
    |\b(?:give|take|bring|hand)\W(?:\w+\W){{1,4}}(?:back|down|away)\b
    |\bque\W(?:\w+\W){{1,4}}?(?:{_GIVE_IN})(?:nt)?\b
    |\bnous\W(?:n\W)?(?:voulons|attendons|appelons|meritons|acceptons|tolerons)\b
    |\bn\W(?:a|ont)\W(?:pas\W(?:sa|leur)\Wplace|rien\Wa\W(?:y\W)?faire)\b
    |\bpas\Wen\W(?:notre|mon)\Wnom\b|\bnot\Win\W(?:our|my)\Wname\b
    |\bwe\W(?:want|deserve|expect|will\Wnot|won\Wt|cannot\Waccept)\b
    |\b(?:has|have)\Wno\Wplace\b|\bdo(?:es)?(?:\Wnot|n\Wt)\Wbelong\b
    |\b(?:should|ought\Wto|needs?\Wto|must)\W(?:\w+\W){{0,2}}?(?:{_YIELD})\b
    |\b(?:shame\Won|shameful|disgrace\w*|unacceptable|no\Wmore|stop\W(?:\w+ing|the|this|it)|say\Wno|drop\Wthe|end\Wthe|keep\Wyour|must\W(?:stop|go|end|resign))\b
    """,
    re.VERBOSE,
)


def handle_of(name: str) -> str:
    """Fold a handle or an author id ("facebook:Léa.M") to what a mention of it would say ("lea.m")."""
    return fold(name.rpartition(":")[2]).strip("@ ")


def _first_and_whole(name: str) -> tuple[str, str]:
    folded = handle_of(name)
    return folded.partition(" ")[0], folded.replace(" ", "")


def heat_of(assessment: Assessment) -> int:
    """Return 0, 1 or 2 for calm, tense, and heated or worse: what an exchange of words can weigh.

    A cry for help and a danger reported are grave, but aimed at nobody.
    """
    return 0 if _cries(assessment) else min(int(assessment.level), int(RiskLevel.HEATED))


def is_kind(text: str, folded: str, assessment: Assessment, *, reply: bool = False) -> bool:
    """Tell whether a message laughs, smiles or thanks; danger never is kind, whatever emoji follows it.

    In a reply long thanks, and thanks with a question, are as often a barb ("merci docteur, combien vous paie-t-on ?").
    """
    if assessment.is_danger:
        return False
    if _SMILES.search(text) or _LAUGHS.search(folded):
        return True
    if reply and ("?" in text or folded.count(" ") >= _LONG_THANKS):
        return False
    return assessment.level is RiskLevel.CALM and any(s.kind is SignalKind.THANKS for s in assessment.signals)


def is_service(folded: str, assessment: Assessment) -> bool:
    """Tell whether a message (its text folded) speaks of the queue, the till or the toilets, and of nothing graver."""
    kinds = {s.kind for s in assessment.signals}
    return not kinds & _PROTEST and (SignalKind.REFUND in kinds or _SERVICE.search(folded) is not None)


def is_suspicion_alone(assessment: Assessment) -> bool:
    """Tell whether a message is hot only because an address, a cry or a danger is suspected in it: no copy is a protest by that."""
    kinds = {s.kind for s in assessment.signals if not s.is_suspicion}
    suspected = any(s.is_suspicion for s in assessment.signals) or bool(kinds & (_CRIES | {SignalKind.DOXING}))
    return suspected and not kinds & (_AIMED - {SignalKind.DOXING} | _PROTEST)


def _cries(assessment: Assessment) -> bool:
    kinds = {s.kind for s in assessment.signals}
    return bool(kinds & _CRIES) and not kinds & _AIMED


def is_protest(folded: str, assessment: Assessment) -> bool:
    """Tell whether a message (its text folded) wants the house to give in or calls others to make it, politely or not."""
    if _cries(assessment):
        return False
    if any(s.kind in _PROTEST for s in assessment.signals):
        return True
    return _DEMAND.search(folded) is not None


def target_of(assessment: Assessment) -> Target:
    """Tell whom a message that answers nobody is aimed at: the house, unless it speaks of the artist or the work."""
    kinds = {s.kind for s in assessment.signals}
    if SignalKind.INSULT_ARTIST in kinds:
        return Target.ARTIST
    return Target.WORK if kinds & _AT_WORK else Target.HOUSE


def hear(comment: Heard) -> Said:
    """Keep of a comment what the situations need, and nothing of its words."""
    text = comment.text[:MAX_EXAMINED]
    folded = fold(text)
    kind = is_kind(text, folded, comment.assessment, reply=comment.parent is not None)
    return Said(
        comment.key,
        comment.author,
        comment.at,
        comment.parent,
        tuple(handle_of(name) for name in _MENTION.findall(text)[:5]) if "@" in text else (),
        tuple(filter(None, (handle_of(comment.author), *_first_and_whole(comment.name)))),
        0 if kind else heat_of(comment.assessment),
        kind,
        comment.assessment.is_question,
        _YOU.search(folded) is not None,
        is_protest(folded, comment.assessment),
        is_service(folded, comment.assessment),
        is_suspicion_alone(comment.assessment),
        comment.assessment.is_danger,
        target_of(comment.assessment),
        comment.own,
        words=hash(comment.text),
        post=comment.post,
    )
