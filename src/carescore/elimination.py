"""The one role that is left when all others are known."""

from __future__ import annotations

from collections.abc import Mapping

from carescore.transcript import Role


def last_role(roles: Mapping[str, Role]) -> tuple[str, Role] | None:
    """The only speaker without a role, and that role, if just one side of the call is known.

    >>> last_role({"Agent": "agent", "Rosa": "unknown", "IVR": "bot"})
    ('Rosa', 'customer')
    """
    unknown = [speaker for speaker, role in roles.items() if role == "unknown"]
    agent, customer = "agent" in roles.values(), "customer" in roles.values()
    if (
        len(unknown) != 1
        or agent == customer
        or unknown[0].casefold().startswith(("unknown", "unidentified"))
    ):
        return None
    return unknown[0], "customer" if agent else "agent"
