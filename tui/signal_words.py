"""Words for the signals: what a comment says and how, named for whoever decides about it; needs no terminal library."""

from scoring.assessment import SignalKind
from tui.i18n import N_

SIGNALS = {
    SignalKind.INSULT: N_("insult"),
    SignalKind.INSULT_STAFF: N_("insults the staff"),
    SignalKind.INSULT_ARTIST: N_("insults the artist"),
    SignalKind.THREAT: N_("threat"),
    SignalKind.DOXING: N_("gives away where someone lives"),
    SignalKind.RENDEZVOUS: N_("calls to come and disturb"),
    SignalKind.CALL_TO_ACT: N_("call to act"),
    SignalKind.CENSORSHIP: N_("accuses of censorship"),
    SignalKind.REMOVAL_DEMAND: N_("demands removal"),
    SignalKind.ACCUSATION: N_("accuses of a crime"),
    SignalKind.SHOUTING: N_("shouting"),
    SignalKind.SARCASM: N_("sarcasm"),
    SignalKind.IRONY: N_("irony"),
    SignalKind.HATE: N_("hate"),
    SignalKind.GRIEF: N_("grief"),
    SignalKind.SELF_HARM: N_("self-harm"),
    SignalKind.MINOR: N_("about a minor"),
    SignalKind.LEGAL: N_("legal words"),
    SignalKind.RELIGION: N_("religion"),
    SignalKind.COLONIAL: N_("colonial past"),
    SignalKind.DISABILITY: N_("disability"),
    SignalKind.STAFF_CONDUCT: N_("conduct of staff"),
    SignalKind.REFUND: N_("refund"),
    SignalKind.STRIKE: N_("strike"),
    SignalKind.PRESS: N_("press"),
    SignalKind.QUESTION: N_("visitor's question"),
    SignalKind.THANKS: N_("thanks"),
    SignalKind.SPAM: N_("advertising"),
    SignalKind.DANGER: N_("danger"),
    SignalKind.TONE: N_("tone"),
}
