"""Twilio: the sentences of a Conversational Intelligence transcript, and Conversations messages.

Sentences tell their channel only. Who is on which channel stands in the transcript resource, which may
be beside them in one document (`channel.participants`).
"""

from __future__ import annotations

import re
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
from carescore.readers.messages import Message, conversation, instant, more_pages
from carescore.readers.people import agent_named, with_joined_roles
from carescore.readers.reader import Origin, Reader
from carescore.readers.role_words import role_of
from carescore.readers.speech import no_speakers, share, speaker_label, spoken, voice_call
from carescore.readers.words import Word, turns_by_start
from carescore.transcript import Role, Transcript

_TRANSCRIPT: Final = re.compile(r"\bGT[0-9a-fA-F]{32}\b")


def accepts_sentences(document: Json) -> bool:
    """Sentences with a channel."""
    if not isinstance(document, dict):
        return False
    sentence = first_record(document.get("sentences"))
    return has(sentence, "transcript") and any(
        key in sentence for key in ("media_channel", "mediaChannel", "sentence_index", "sentenceIndex")
    )


def read_sentences(document: dict[str, Json], origin: Origin) -> Iterator[Transcript]:
    """The one call of a list of sentences."""
    resource = _transcript_resource(document)
    people = _participants(resource)
    sentences = records(document.get("sentences"), "sentences", origin)
    phrases = [_sentence(s, f"sentences[{n}]", people, origin) for n, s in enumerate(sentences)]
    words, filled = spoken(phrases, no_speakers(origin, "Twilio", "Export it with media_channel."))
    turns = with_joined_roles(turns_by_start(words), dict(people.values()))
    agent, several = agent_named((turn.speaker, turn.text) for turn in turns if turn.role == "agent")
    meta = optional_record(document.get("meta"))
    missing = more_pages("Twilio", len(sentences), following=meta.get("next_page_url"))
    yield voice_call(
        turns,
        origin,
        call_id=_transcript_id(document, resource, meta),
        agent=agent,
        started=optional_text(resource.get("media_start_time") or resource.get("date_created")) or None,
        warnings=(*missing, *filled, *several),
    )


def _transcript_resource(document: dict[str, Json]) -> dict[str, Json]:
    """The object that has the channel's participants: the document itself, or one inside it."""
    inside = (optional_record(value) for value in document.values())
    return next((item for item in (document, *inside) if isinstance(item.get("channel"), dict)), {})


def _participants(resource: dict[str, Json]) -> dict[str, tuple[str, Role]]:
    """Label and role by channel."""
    listed = optional_record(resource.get("channel")).get("participants")
    found: dict[str, tuple[str, Role]] = {}
    for person in map(optional_record, listed if isinstance(listed, list) else []):
        channel = optional_text(person.get("channel_participant", person.get("channelParticipant")))
        name = optional_text(person.get("full_name") or person.get("fullName") or person.get("user_id"))
        role = role_of(optional_text(person.get("role"))) or "unknown"
        found[channel] = (name or f"channel {channel}", role)
    return found


def _transcript_id(document: dict[str, Json], resource: dict[str, Json], meta: dict[str, Json]) -> str:
    texts = (document.get("transcript_sid"), resource.get("sid"), meta.get("url"))
    matches = (_TRANSCRIPT.search(value) for value in texts if isinstance(value, str))
    return next((match.group() for match in matches if match), "")


def _sentence(
    sentence: dict[str, Json], key: str, people: dict[str, tuple[str, Role]], origin: Origin
) -> Word:
    channel = sentence.get("media_channel", sentence.get("mediaChannel"))
    label, _ = people.get(optional_text(channel), ("", ""))
    start = sentence.get("start_time", sentence.get("startTime"))
    end = sentence.get("end_time", sentence.get("endTime"))
    return Word(
        text=text(sentence.get("transcript"), f"{key}.transcript", origin),
        speaker=label or speaker_label(channel, "channel", f"{key}.media_channel", origin),
        start=number(start, f"{key}.start_time", origin),
        end=number(end, f"{key}.end_time", origin),
        confidence=share(sentence.get("confidence"), f"{key}.confidence", origin),
    )


def accepts_messages(document: Json) -> bool:
    """Messages of a conversation, in a list or alone."""
    items = document.get("messages") if isinstance(document, dict) else document
    message = first_record(items)
    return has(message, "author", "body") and ("conversation_sid" in message or "conversationSid" in message)


def read_messages(document: Json, origin: Origin) -> Iterator[Transcript]:
    """One call a conversation: a list of messages may hold those of several."""
    whole = optional_record(document)
    items = records(document if isinstance(document, list) else whole.get("messages"), "messages", origin)
    roles = _author_roles(whole)
    by_conversation: dict[str, list[Message]] = {}
    for n, item in enumerate(items):
        sid = optional_text(item.get("conversation_sid") or item.get("conversationSid"))
        by_conversation.setdefault(sid, []).append(_message(item, f"messages[{n}]", roles, origin))
    following = optional_record(whole.get("meta")).get("next_page_url")
    for sid, messages in by_conversation.items():
        missing = more_pages("Twilio", len(messages), following=following)
        yield conversation(messages, origin, call_id=sid, channel="chat", warnings=missing)


def _author_roles(document: dict[str, Json]) -> dict[str, Role]:
    """Roles by author, where the conversation's participants are beside its messages.

    A participant reached at an address (a phone number, WhatsApp) is the customer. One with an identity
    may be either side, so an identity tells the agent only beside a customer with an address.
    """
    listed = document.get("participants")
    people = [optional_record(person) for person in listed] if isinstance(listed, list) else []
    addresses = {
        optional_text(optional_record(p.get("messaging_binding") or p.get("messagingBinding")).get("address"))
        for p in people
    } - {""}
    if not addresses:
        return {}
    identities = {optional_text(p.get("identity")) for p in people} - {""}
    return {**dict.fromkeys(identities, "agent"), **dict.fromkeys(addresses, "customer")}


def _message(item: dict[str, Json], key: str, roles: dict[str, Role], origin: Origin) -> Message:
    author = optional_text(item.get("author"))
    joined = roles.get(author)
    told: Role = "system" if author == "system" else "unknown"
    return Message(
        speaker=author,
        role=joined or told,
        role_source="joined" if joined else "told",
        text=text(item.get("body"), f"{key}.body", origin),
        instant=instant(item.get("date_created", item.get("dateCreated")), f"{key}.date_created", origin),
        agent=author or None,
    )


READERS: Final = (
    Reader(
        id="twilio-intelligence",
        name="Twilio Conversational Intelligence sentences",
        content="json",
        roles="joined",
        verified="documentation",
        accepts=accepts_sentences,
        read=read_sentences,
    ),
    Reader(
        id="twilio-conversations",
        name="Twilio Conversations messages",
        content="json",
        roles="guessed",
        verified="real file",
        accepts=accepts_messages,
        read=read_messages,
    ),
)
