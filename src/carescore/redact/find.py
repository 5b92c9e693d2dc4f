"""Everything private in a call, in the order in which it is first said."""

from __future__ import annotations

from collections.abc import Sequence

from carescore.redact.addresses import addresses
from carescore.redact.emails import emails
from carescore.redact.passwords import passwords
from carescore.redact.people import People, people
from carescore.redact.said import Said, alone, said_in
from carescore.redact.spoken_of import Ledger
from carescore.redact.things import Taken, Thing
from carescore.transcript import Transcript


def find(call: Transcript) -> tuple[list[Thing], People]:
    """The private things that are said in a call, and the people whose names it knows."""
    turns = said_in(call)
    taken = Taken()
    _take_placeholders(turns, taken)
    things = list(emails(turns, taken))
    things += passwords(turns, taken)
    things += addresses(turns, taken)
    things += Ledger(turns, taken).things()
    names, known = people(turns, [alone(label) for label in _labels(call)], taken)
    things += names
    return sorted(things, key=lambda thing: thing.places[0]), known


def _labels(call: Transcript) -> list[str]:
    """Texts beside the turns in which names stand."""
    return [*call.speakers, *([call.agent] if call.agent else [])]


def _take_placeholders(turns: Sequence[Said], taken: Taken) -> None:
    for said in turns:
        taken.take(said.turn, (at for at, token in enumerate(said.tokens) if token.kind == "placeholder"))
