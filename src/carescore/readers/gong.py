"""Gong: call transcripts, whose speakers are ids, joined to the parties that say who they are.

The parties stand in another answer of the API (`calls/extensive`): in the same document, or in a JSON
file beside this one. Gong's people are `Internal`, the other company's `External`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from carescore.errors import TranscriptError
from carescore.readers.fields import (
    Json,
    first_record,
    has,
    number,
    optional_record,
    optional_text,
    records,
    text,
)
from carescore.readers.gong_parties import GongCall, GongParty, calls_beside, calls_in
from carescore.readers.people import agent_named, with_joined_roles
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, spoken, voice_call
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Transcript

# Gong counts ms, some tools that pass its transcripts on count seconds. Nobody speaks this fast:
_WORDS_A_MINUTE: Final = 6_000
_UNJOINED: Final = (
    "The parties of this call are neither in the file nor in one beside it, so it is not told who the agent "
    "is. Put the answer of calls/extensive with its parties into the same folder."
)


def accepts(document: Json) -> bool:
    """Transcripts of calls, one call's transcript, or the parties of calls without their transcripts."""
    if not isinstance(document, dict):
        return False
    return any(
        _is_transcript(call) for call in (document, first_record(document.get("callTranscripts")))
    ) or (_has_parties(first_record(document.get("calls"))) or _has_parties(document))


def _is_transcript(call: dict[str, Json]) -> bool:
    part = first_record(call.get("transcript"))
    return has(call, "callId") and has(part, "sentences")


def _has_parties(call: dict[str, Json]) -> bool:
    return has(call, "metaData", "parties")


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """Each call of the document; one that cannot be read is an error in its place."""
    calls = _transcripts(document, origin)
    if not calls:
        raise TranscriptError(
            "these are Gong's parties without what they said. Export calls/transcript into the same folder "
            "and read that file; this one is then used to tell who is the agent.",
            source=origin.name,
            place=origin.place,
        )
    known = calls_in(document)
    for n, call in enumerate(calls):
        try:
            yield _call(call, f"callTranscripts[{n}]", known, origin)
        except TranscriptError as error:
            yield error


def _transcripts(document: dict[str, Json], origin: Origin) -> list[dict[str, Json]]:
    if _is_transcript(document):
        return [document]
    calls = records(document.get("callTranscripts"), "callTranscripts", origin)
    whole = records(document.get("calls"), "calls", origin)
    return calls + [
        {"callId": optional_record(c.get("metaData")).get("id"), **c} for c in whole if c.get("transcript")
    ]


def _call(call: dict[str, Json], key: str, known: Mapping[str, GongCall], origin: Origin) -> Transcript:
    call_id = optional_text(call.get("callId"))
    told = known.get(call_id) or calls_beside(origin.path).get(call_id)
    people = told.people if told else {}
    parts = [
        _part(part, f"{key}.transcript[{n}]", people, origin)
        for n, part in enumerate(records(call.get("transcript"), f"{key}.transcript", origin))
    ]
    phrases = _in_seconds([phrase for part in parts for phrase in part])
    words, filled = spoken(phrases, no_speakers(origin, "Gong", "Export it with its speakerId."))
    turns = with_joined_roles(turns_by_start(words), {p.label: p.role for p in people.values()})
    agent, several = agent_named((turn.speaker, turn.text) for turn in turns if turn.role == "agent")
    return voice_call(
        turns,
        origin,
        call_id=call_id,
        agent=agent,
        started=told.started if told else None,
        warnings=(*filled, *several, *(() if told else (_UNJOINED,))),
    )


def _part(part: dict[str, Json], key: str, people: Mapping[str, GongParty], origin: Origin) -> list[Word]:
    """The sentences of one monologue, with their times as the file counts them."""
    speaker = optional_text(part.get("speakerId"))
    label = people[speaker].label if speaker in people else speaker
    return [
        Word(
            text=text(sentence.get("text"), f"{key}.sentences[{n}].text", origin),
            speaker=label or None,
            start=number(sentence.get("start"), f"{key}.sentences[{n}].start", origin),
            end=number(sentence.get("end"), f"{key}.sentences[{n}].end", origin),
        )
        for n, sentence in enumerate(records(part.get("sentences"), f"{key}.sentences", origin))
    ]


def _in_seconds(phrases: list[Word]) -> list[Word]:
    """Times in seconds: they are ms, unless people would then speak impossibly fast."""
    timed = [(p.end - p.start, p.text) for p in phrases if p.start is not None and p.end is not None]
    length = sum(long for long, _ in timed)
    words = sum(len(said.split()) for _, said in timed)
    unit = 1.0 if length > 0 and words / (length / 60_000) > _WORDS_A_MINUTE else 1000.0
    return [
        replace(
            phrase,
            start=None if phrase.start is None else phrase.start / unit,
            end=None if phrase.end is None else phrase.end / unit,
        )
        for phrase in phrases
    ]


READER: Final = Reader(
    id="gong",
    name="Gong call transcripts",
    content="json",
    roles="joined",
    verified="documentation",
    accepts=accepts,
    read=read,
)
