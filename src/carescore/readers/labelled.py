"""A whole transcript in one string, as cells of tables and values in JSON hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers import plain_text
from carescore.readers.about import AboutCall
from carescore.readers.reader import Origin
from carescore.transcript import Transcript

_LOOKED_AT: Final = 4_000


def is_labelled(text: object) -> bool:
    """Whether it is text in which two speakers or more have labels; looks at its beginning only."""
    if not isinstance(text, str) or ":" not in text[:_LOOKED_AT]:
        return False
    try:
        call = next(plain_text.READER.read(text[:_LOOKED_AT], Origin("text", "text")), None)
    except TranscriptError:
        return False
    return not isinstance(call, TranscriptError) and call is not None and len(call.speakers) > 1


def labelled_calls(text: str, origin: Origin, about: AboutCall) -> Iterator[Transcript]:
    """The call in the string, with what is told beside it; what the string tells itself comes second."""
    found = list(plain_text.READER.read(text, replace(origin, call_id=about.call_id or origin.call_id)))
    for call in found:
        if isinstance(call, TranscriptError):
            raise call
        yield replace(
            call,
            call_id=about.call_id if about.call_id and len(found) == 1 else call.call_id,
            channel=about.channel or call.channel,
            agent=about.agent or call.agent,
            started=about.started or call.started,
            warnings=(*about.warnings, *call.warnings),
        )
