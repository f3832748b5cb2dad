"""Phrases of the house's own rules: approvals, its charter, blocks; sentences of the domain, translated by `tui/phrases.py`."""

from tui.i18n import N_

SENTENCES = (
    # inbox/four_eyes.py
    N_("this does not wait for anybody's word any more"),
    N_("see what came of it in the list"),
    N_("two answers to one comment wait"),
    N_("look at both; the one you choose sends the other back"),
    N_("another answer was approved instead"),
    N_("this is not the reason that was submitted: send it back"),
    N_("whoever approves here does so at their own desk"),
    N_("or say how: by phone, by mail, in person"),
    N_("whose word is it?"),
    N_("name the person who approved"),
    N_("nobody approves their own"),
    N_("ask a colleague, at the desk or by phone"),
    N_("{name} does not approve in this house"),
    N_("that word was not given yet"),
    N_("say when it was given"),
    N_("only its author can be alone with it"),
    N_("approve it, or send it back"),
    N_("a joke against the gate needs a second person"),
    N_("ask somebody, also by phone; or answer plainly"),
    N_("this house asks a second person, also by phone"),
    N_('alone = "reason" in [four_eyes] would allow it'),
    N_("say why nobody could be asked"),
    N_("{name} was at this desk a moment ago"),
    N_("ask there first"),
    N_("say what should be different"),
    N_("choose a plain reply, forward it, or ask a second person"),
)
