"""Files and text to transcripts: the table of formats, and which of them a file is.

To add a format see `README.md` beside this file: one module, one line in `READERS`, one fixture and test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from carescore.errors import TranscriptError
from carescore.readers import (
    amazon_call_analytics,
    amazon_pca,
    amazon_transcribe,
    assemblyai,
    azure_conversation,
    azure_speech,
    chat_cha,
    chatwoot,
    columns,
    contact_lens,
    deepgram,
    delimited,
    elevenlabs,
    excel,
    fireflies,
    freshdesk,
    front,
    genesys,
    gong,
    google_ccai,
    google_insights,
    google_speech,
    gorgias,
    intercom,
    json_turns,
    jsonl_rows,
    livechat,
    mail_thread,
    openai_diarized,
    openai_messages,
    otter,
    parquet,
    plain_text,
    retell,
    revai,
    ringcentral,
    speechmatics,
    srt,
    textgrid,
    twilio,
    vapi,
    vcon,
    webvtt,
    whisper,
    whisper_cpp,
    whisperx,
    zendesk,
)
from carescore.readers.delivery import named, told_once, unique_ids, unknown
from carescore.readers.documents import documents, parts
from carescore.readers.reader import Origin, Reader
from carescore.readers.source import Source
from carescore.transcript import Transcript

Json = Any

# Lists and wrappers around calls that are looked into; no export has as many.
_DEEPEST: Final = 5


def _inside(document: Json, origin: Origin) -> Iterator[Transcript | TranscriptError]:
    """The calls of a document that another one carries, as a vCon does, by the format that accepts it."""
    content = "text" if isinstance(document, str) else "json"
    candidates = tuple(r for r in READERS if r.content == content and r.id != "vcon")
    wrapped = parts(document, _format_of(candidates)) if content == "json" else []
    for part in (document, *(part.content for part in wrapped)):
        for reader in candidates:
            if reader.accepts(part):
                yield from reader.read(part, origin)
                return
    raise unknown(origin, None)


# Asked from first to last: the first that accepts reads. Formats with telling signs come first, the
# ones that accept almost anything last.
READERS: Final[tuple[Reader, ...]] = (
    amazon_call_analytics.READER,
    contact_lens.READER,
    amazon_pca.READER,
    amazon_transcribe.READER,
    deepgram.READER,
    speechmatics.READER,
    google_speech.READER,
    azure_speech.READER,
    assemblyai.READER,
    revai.READER,
    vcon.reader(_inside),
    gong.READER,
    genesys.READER,
    google_insights.READER,
    google_ccai.READER,
    azure_conversation.READER,
    *twilio.READERS,
    ringcentral.READER,
    vapi.READER,
    retell.READER,
    elevenlabs.READER,
    fireflies.READER,
    intercom.READER,
    *zendesk.READERS,
    livechat.READER,
    gorgias.READER,
    chatwoot.READER,
    freshdesk.READER,
    front.READER,
    whisper_cpp.READER,
    openai_diarized.READER,
    whisperx.READER,
    whisper.READER,
    openai_messages.READER,
    json_turns.READER,
    parquet.READER,
    excel.READER,
    jsonl_rows.READER,
    delimited.READER,
    mail_thread.READER,
    otter.READER,
    webvtt.READER,
    srt.READER,
    chat_cha.READER,
    textgrid.READER,
    plain_text.READER,
)


def reader_named(format_id: str) -> Reader:
    """The reader of a format id, as `carescore formats` lists them."""
    for reader in READERS:
        if reader.id == format_id:
            return reader
    known = ", ".join(reader.id for reader in READERS)
    raise TranscriptError(f"there is no format named '{format_id}'. Known formats: {known}.")


def transcripts(source: Source, *, format: str | None = None) -> Iterator[Transcript | TranscriptError]:
    """Every call in a source, in order; what cannot be read comes as an error in its place."""
    chosen = reader_named(format) if format is not None else None
    try:
        for call in unique_ids(told_once(_contents_or_error(source, chosen))):
            yield named(call, source.name) if isinstance(call, TranscriptError) else call
    finally:
        columns.forget()  # what stood in the place of names may have been what somebody said


def _contents_or_error(source: Source, chosen: Reader | None) -> Iterator[Transcript | TranscriptError]:
    try:
        if source.is_empty:
            raise TranscriptError("the file is empty.", source=source.name)
        yield from _contents(source, chosen)
    except TranscriptError as error:
        yield error


def _contents(source: Source, chosen: Reader | None) -> Iterator[Transcript | TranscriptError]:
    origin = Origin(name=source.name, call_id=source.stem, path=source.path)
    candidates = (chosen,) if chosen is not None else READERS
    for reader in candidates:
        if reader.content == "bytes" and (chosen or reader.accepts(source.head)):
            yield from (_finished(call, reader, source) for call in reader.read(source, origin))
            return
    if (chosen is None or chosen.content == "json") and source.looks_like_json:
        for place, document in documents(source, _format_of(candidates)):
            yield from _calls_in(document, replace(origin, place=place), candidates, source)
        return
    for reader in candidates:
        if reader.content == "text" and (chosen or reader.accepts(source.head_text)):
            yield from (_finished(call, reader, source) for call in reader.read(source.text, origin))
            return
    raise unknown(origin, chosen)


def _calls_in(
    document: Json, origin: Origin, candidates: tuple[Reader, ...], source: Source, depth: int = 0
) -> Iterator[Transcript | TranscriptError]:
    """The calls of one document: as a whole, else item by item, else inside a wrapper around it."""
    if isinstance(document, TranscriptError):
        yield document
        return
    reader = _accepting(document, candidates)
    if reader is not None:
        try:
            for call in reader.read(document, origin):
                yield _finished(call, reader, source)
        except TranscriptError as error:
            yield error
        return
    inside = parts(document, _format_of(candidates)) if depth < _DEEPEST else []
    if not inside:
        yield unknown(origin, candidates[0] if len(candidates) == 1 else None)
    for key, content, call_id in inside:
        place = f"{origin.place}, {key}" if origin.place else key
        here = replace(origin, place=place, call_id=call_id or origin.call_id)
        yield from _calls_in(content, here, candidates, source, depth + 1)


def _accepting(document: Json, candidates: tuple[Reader, ...]) -> Reader | None:
    matching = (r for r in candidates if r.content == "json" and r.accepts(document))
    return next(matching, None)


def _format_of(candidates: tuple[Reader, ...]) -> Callable[[Json], str | None]:
    def format_of(document: Json) -> str | None:
        reader = _accepting(document, candidates)
        return reader.id if reader is not None else None

    return format_of


def _finished(
    call: Transcript | TranscriptError, reader: Reader, source: Source
) -> Transcript | TranscriptError:
    """The call with the reader's name, the file's name and what was noticed while opening the file."""
    if isinstance(call, TranscriptError):
        return call
    call = replace(call, format=reader.id, source=source.name, warnings=(*source.warnings, *call.warnings))
    if not call.turns:
        return TranscriptError(
            f"read as {reader.name}, but no words were found in it.",
            source=source.name,
            place=call.call_id,
        )
    return call
