"""Files, folders, frames and text to transcripts with roles: `read` for one call, `read_all` for many."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from carescore.errors import CareScoreError, TranscriptError
from carescore.readers import gong_parties, transcripts
from carescore.readers.source import Source
from carescore.roles import assign
from carescore.transcript import Channel, Transcript

if TYPE_CHECKING:
    import pandas as pd

OnError = Callable[[TranscriptError], None]
Item = TypeVar("Item")

# What a folder may hold beside transcripts without anybody being told about it.
_PASSED_OVER: Final = ("readme", "license", "licence", "provenance", "changelog")


class UnreadableWarning(UserWarning):
    """A file or call in a folder that could not be read; the others were."""


def read(
    where: str | Path,
    *,
    agent: str | None = None,
    format: str | None = None,
    channel: Channel | None = None,
    redact: bool = False,
) -> Transcript:
    """The one call in a file.

    `agent` says who the agent is where the file does not: a speaker's label, name or channel. `format` is
    one of `carescore formats`; without it the content decides. `redact` puts placeholders in place of private
    things (`carescore.redact`). Raises `TranscriptError` if the file cannot be read, or holds several calls.
    """
    calls = _calls(_source(where), agent, format, channel)
    found: list[Transcript | TranscriptError] = list(without_private(calls, redact))
    if len(found) > 1:
        readable = sum(isinstance(item, Transcript) for item in found)
        raise TranscriptError(
            f"it holds {len(found)} calls ({readable} readable); read() is for one. Use read_all(), which "
            "gives each of them.",
            source=_source(where).name,
        )
    if isinstance(found[0], TranscriptError):
        raise found[0]
    return found[0]


def read_all(
    where: str | Path | pd.DataFrame | Iterable[str | Path],
    *,
    agent: str | Mapping[str, str] | None = None,
    format: str | None = None,
    channel: Channel | None = None,
    redact: bool = False,
    on_error: OnError | None = None,
) -> Iterator[Transcript]:
    """Every call in a file, a folder (and its folders), several of them, or a pandas frame; in order of name.

    `agent` is one name for all calls, or a mapping from file name or call id to the name; `redact` puts
    placeholders in place of private things (`carescore.redact`). What cannot be read never stops the rest:
    it is passed to `on_error`, or given as an `UnreadableWarning`. A single file of which nothing can be
    read raises its `TranscriptError`.
    """
    report = on_error or _warn
    alone = on_error is None and _is_single_file(where)
    delivered = False
    for item in read_each(where, agent=agent, format=format, channel=channel, redact=redact):
        if isinstance(item, Transcript):
            delivered = True
            yield item
        elif alone and not delivered:
            raise item
        else:
            report(item)


def read_each(
    where: str | Path | pd.DataFrame | Iterable[str | Path],
    *,
    agent: str | Mapping[str, str] | None = None,
    format: str | None = None,
    channel: Channel | None = None,
    redact: bool = False,
    leave_out: Path | None = None,
) -> Iterator[Transcript | TranscriptError]:
    """Like `read_all`, with each error in the place of the call that could not be read.

    `leave_out` is a file that is not read, though it lies in a folder: the one that results are written to.
    """
    try:
        yield from without_private(_each(where, agent, format, channel, leave_out), redact)
    finally:
        gong_parties.forget()


def _each(
    where: str | Path | pd.DataFrame | Iterable[str | Path],
    agent: str | Mapping[str, str] | None,
    format: str | None,
    channel: Channel | None,
    leave_out: Path | None,
) -> Iterator[Transcript | TranscriptError]:
    if _is_frame(where):
        from carescore.readers.frame import transcripts_from_frame

        for item in transcripts_from_frame(cast("pd.DataFrame", where)):
            yield _with_roles(item, agent, channel)
        return
    for path in files(cast("str | Path | Iterable[str | Path]", where)):
        if isinstance(path, TranscriptError):
            yield path
        elif leave_out is None or path.resolve() != leave_out.resolve():
            yield from _calls(Source.from_path(path), agent, format, channel)


def files(where: str | Path | Iterable[str | Path]) -> Iterator[Path | TranscriptError]:
    """The files meant by paths and folders, folders in order of name; hidden files are left out."""
    if not isinstance(where, (str, Path)):
        for one in where:
            yield from files(one)
        return
    path = Path(where)
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and _is_meant(p.relative_to(path)))
        if not inside:
            yield TranscriptError("the folder has no files.", source=path.name)
        yield from inside
    elif path.exists():
        yield path
    else:
        yield TranscriptError("there is no such file or folder.", source=str(where))


def without_private(calls: Iterable[Item], redact: bool) -> Iterable[Item | Transcript | TranscriptError]:
    """The calls as they are, or each redacted and marked as such; errors among them stay as they are.

    A call on which redaction fails is an error in its place: never the call as it was.
    """
    return map(_redacted, calls) if redact else calls


def _redacted(item: Item) -> Item | Transcript | TranscriptError:
    from carescore.redact import redacted

    if not isinstance(item, Transcript):
        return item
    try:
        call: Transcript = redacted(item)
    except Exception as error:  # noqa: BLE001  a fault of ours must not cost a team its other calls
        why = f"carescore failed to redact this call ({type(error).__name__}), so it was left out."
        return TranscriptError(why, source=item.source, place=item.call_id)
    return replace(call, redacted=True)


def _calls(
    source: Source, agent: str | Mapping[str, str] | None, format: str | None, channel: Channel | None
) -> Iterator[Transcript | TranscriptError]:
    for item in transcripts(source, format=format):
        yield _with_roles(item, agent, channel)


def _with_roles(
    item: Transcript | TranscriptError, agent: str | Mapping[str, str] | None, channel: Channel | None
) -> Transcript | TranscriptError:
    if isinstance(item, TranscriptError):
        return item
    if isinstance(agent, Mapping):
        agent = agent.get(item.call_id) or agent.get(item.source or "")
    try:
        call = assign(item, agent=agent)
    except TranscriptError as error:
        return error
    return call if channel is None else replace(call, channel=channel)


def _source(where: str | Path) -> Source:
    path = Path(where)
    if not path.exists():
        raise TranscriptError("there is no such file.", source=str(where))
    if path.is_dir():
        raise TranscriptError("it is a folder; read_all() reads every call in it.", source=path.name)
    return Source.from_path(path)


def _is_meant(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and not path.stem.lower().startswith(_PASSED_OVER)


def _is_single_file(where: object) -> bool:
    return isinstance(where, (str, Path)) and not Path(where).is_dir()


def _is_frame(where: object) -> bool:
    """Whether it is a pandas frame, asked without importing pandas."""
    return type(where).__name__ == "DataFrame" and type(where).__module__.startswith("pandas")


def _warn(error: CareScoreError) -> None:
    warnings.warn(str(error), UnreadableWarning, stacklevel=4)
