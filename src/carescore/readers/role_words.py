"""The words by which files name roles: the one table of them."""

from __future__ import annotations

import re
from typing import Final

from carescore.transcript import Role

_AGENT: Final = (
    "agent agt rep representative advisor adviser support csr operator supervisor manager specialist "
    "technician associate consultant staff employee clerk receptionist admin helpdesk service care "
    "sales salesperson coordinator dispatcher teammate"
)
_CUSTOMER: Final = (
    "customer cust caller client user enduser guest patient member consumer shopper buyer passenger "
    "subscriber cardholder policyholder visitor tenant resident requester"
)
_BOT: Final = "bot chatbot voicebot assistant ai ivr gpt robot"
_SYSTEM: Final = "system sys note notes tool function event action developer notification log"

_ROLES: Final[dict[str, Role]] = {
    **dict.fromkeys(_AGENT.split(), "agent"),
    **dict.fromkeys(_CUSTOMER.split(), "customer"),
    **dict.fromkeys(_BOT.split(), "bot"),
    **dict.fromkeys(_SYSTEM.split(), "system"),
}
_PHRASES: Final[dict[str, Role]] = {
    "end user": "customer",
    "team lead": "agent",
    "team leader": "agent",
    "help desk": "agent",
    "automated system": "bot",
    "automated message": "bot",
    "auto attendant": "bot",
    "interactive voice response": "bot",
}
# What tells the role in a column of messages to and from a company, and nowhere else.
DIRECTIONS: Final[dict[str, Role]] = {
    **dict.fromkeys(("inbound", "incoming", "in", "received"), "customer"),
    **dict.fromkeys(("outbound", "outgoing", "out", "sent", "outbound-api", "outbound-reply"), "agent"),
}
# Words that may stand before a role word and leave it as it is ("live agent", "customer service rep").
_BESIDE: Final = (
    "the a an our your human live custom customer client user guest member service services support care "
    "call contact center centre helpdesk desk technical tech sales billing account accounts claims senior "
    "junior lead first second third new internal tool phone chat level tier escalation"
)
# Words that make a machine of the agent who follows ("virtual agent").
_MACHINE: Final = "virtual automated ai bot robot digital automatic artificial"

_LEAVES_ROLE: Final = frozenset(_BESIDE.split())
_MAKES_BOT: Final = frozenset(_MACHINE.split())
_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")


def role_of(label: str) -> Role | None:
    """The role that a label names, or `None` where it names a person or nothing known.

    Case, numbers and punctuation do not matter; a name within the label makes it unknown here.

    >>> role_of("AGENT_2"), role_of("Customer Service Rep"), role_of("Virtual agent"), role_of("Ben")
    ('agent', 'agent', 'bot', None)
    """
    words = _NOT_LETTERS.sub(" ", label).casefold().split()
    if not words:
        return None
    phrase = " ".join(words)
    if phrase in _PHRASES:
        return _PHRASES[phrase]
    *before, last = words
    role = _ROLES.get(last)
    beside = {word for word in before if word not in _LEAVES_ROLE}
    if not beside:
        return role
    return "bot" if role in ("agent", "bot") and beside <= _MAKES_BOT else None
