"""Templates: the house's own words, when they may be used, and when a joke must not be made."""

from inbox.templates.context import Context
from inbox.templates.facts import FIELDS, Facts, Field, load_facts
from inbox.templates.faults import Fault
from inbox.templates.gate import Reason, Ruling, Verdict, rule
from inbox.templates.headings import Heading
from inbox.templates.ledger import Use, may_send_joke
from inbox.templates.packs import Library, load
from inbox.templates.ranking import NO_REPLY, Suggestion, suggest
from inbox.templates.render import Rendered, RenderedThread, render, render_thread
from inbox.templates.search import find
from inbox.templates.template import Kind, Register, Template

__all__ = [
    "FIELDS",
    "NO_REPLY",
    "Context",
    "Facts",
    "Fault",
    "Field",
    "Heading",
    "Kind",
    "Library",
    "Reason",
    "Register",
    "Rendered",
    "RenderedThread",
    "Ruling",
    "Suggestion",
    "Template",
    "Use",
    "Verdict",
    "find",
    "load",
    "load_facts",
    "may_send_joke",
    "render",
    "render_thread",
    "rule",
    "suggest",
]
