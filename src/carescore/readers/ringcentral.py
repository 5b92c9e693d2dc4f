"""RingCentral: speech-to-text and interaction analytics (utterances by `speakerId`), and RingSense.

RingSense also says who the speakers are: a person under the account has an `extensionId`, an outside
party has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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
from carescore.readers.people import agent_named, with_joined_roles
from carescore.readers.reader import Origin, Reader
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Role, Transcript

_UTTERANCES: Final = ("utterances", "utteranceInsights")
_TELLING: Final = ("wordTimings", "speakerId")
_REMEDY: Final = "Transcribe it again with enableSpeakerDiarization."


def accepts(document: Json) -> bool:
    """Utterances with a speaker id, or RingSense insights."""
    return _accepts_utterances(document) or _accepts_insights(document)


def _accepts_utterances(document: Json) -> bool:
    utterances = _utterances(document)
    utterance = first_record(utterances)
    return has(utterance, "text", "start") and any(key in utterance for key in _TELLING)


def _accepts_insights(document: Json) -> bool:
    return has(document, "insights", "speakerInfo") and has(document["insights"], "Transcript")


def _utterances(document: Json) -> Json:
    response = optional_record(optional_record(document).get("response")) or optional_record(document)
    return next((response[key] for key in _UTTERANCES if isinstance(response.get(key), list)), None)


def read(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one recording."""
    told = _accepts_insights(document)
    people = _people(document, origin) if told else {}
    listed = document["insights"]["Transcript"] if told else _utterances(document)
    key = "insights.Transcript" if told else "utterances"
    phrases = [_phrase(u, f"{key}[{n}]", people, origin) for n, u in enumerate(records(listed, key, origin))]
    words, filled = spoken(phrases, no_speakers(origin, "RingCentral", _REMEDY))
    turns = with_joined_roles(turns_by_start(words), dict(people.values()))
    agent, several = agent_named((turn.speaker, turn.text) for turn in turns if turn.role == "agent")
    yield voice_call(
        turns,
        origin,
        call_id=_call_id(document),
        agent=agent,
        started=optional_text(document.get("recordingStartTime")) or None,
        warnings=(*filled, *several),
    )


def _call_id(document: dict[str, Json]) -> str:
    told = (optional_text(document.get(key)) for key in ("sourceRecordId", "sourceSessionId", "jobId"))
    return next(filter(None, told), "")


def _people(document: dict[str, Json], origin: Origin) -> dict[str, tuple[str, Role]]:
    """Label and role by speaker id."""
    found: dict[str, tuple[str, Role]] = {}
    for person in records(document["speakerInfo"], "speakerInfo", origin):
        speaker = optional_text(person.get("speakerId"))
        role: Role = "unknown"
        if "extensionId" in person:
            role = "customer" if person["extensionId"] is None else "agent"
        found[speaker] = (optional_text(person.get("name")) or speaker, role)
    return found


def _phrase(
    utterance: dict[str, Json], key: str, people: dict[str, tuple[str, Role]], origin: Origin
) -> Word:
    speaker = utterance.get("speakerId")
    label, _ = people.get(optional_text(speaker), ("", ""))
    return Word(
        text=text(utterance.get("text"), f"{key}.text", origin),
        speaker=label or speaker_label(speaker, "speaker", f"{key}.speakerId", origin),
        start=number(utterance.get("start"), f"{key}.start", origin),
        end=number(utterance.get("end"), f"{key}.end", origin),
        confidence=share(utterance.get("confidence"), f"{key}.confidence", origin),
    )


READER: Final = Reader(
    id="ringcentral",
    name="RingCentral transcript",
    content="json",
    roles="joined",
    verified="documentation",
    accepts=accepts,
    read=read,
)
