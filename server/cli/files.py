"""Which files under the given paths are meetings. A meeting kept in several forms is taken once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingestion.errors import HuimaiError
from ingestion.transcripts.reader import is_transcript, read_transcripts
from ingestion.transcripts.records import is_record
from server.cli.messages import say

Prefer = Literal["recording", "transcript"]

RECORDINGS = (
    ".wav", ".flac", ".m4a", ".mp3", ".ogg", ".oga", ".opus", ".aac", ".wma", ".amr",
    ".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".3gp",
)  # fmt: skip
"""Names that say recording, the better form first."""

TRANSCRIPTS = (".vtt", ".json", ".srt", ".txt")
"""Names that say transcript of one meeting, the form that keeps most first."""

COLLECTIONS = (".jsonl", ".jsonl.gz")

# A second suffix before the last, as in weekly.zh-Hans.vtt or weekly.corrected.json.
_SECOND_SUFFIX = re.compile(r"\.[A-Za-z][\w-]*$")
_CONTAINERS = (
    (0, b"RIFF"),
    (4, b"ftyp"),
    (0, b"OggS"),
    (0, b"fLaC"),
    (0, b"ID3"),
    (0, b"\x1aE\xdf\xa3"),
    (0, b"#!AMR"),
)


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not taken, and why, in one line."""

    path: Path
    reason: str
    hint: str = ""


@dataclass(slots=True)
class Selection:
    """Files to upload, files left out on purpose, and paths that cannot be read."""

    chosen: list[Path] = field(default_factory=list[Path])
    skipped: list[Left] = field(default_factory=list[Left])
    unreadable: list[Left] = field(default_factory=list[Left])


def select(paths: Sequence[Path], prefer: Prefer = "recording") -> Selection:
    """Walk the paths. A file that is named is taken as it is; a folder gives its recordings and transcripts, hidden
    ones left out. Of files in one folder that differ only in suffix the preferred one is chosen."""
    selection = Selection()
    found: list[Path] = []
    for path in paths:
        for file in _walk(path, selection):
            if file not in found and _readable(file, selection) and (file == path or _is_meeting(file, selection)):
                found.append(file)
    for group in _groups(found):
        ranked = sorted(group, key=lambda file: _rank(file, prefer))
        selection.chosen.append(ranked[0])
        reason = say("same_meeting", chosen=ranked[0].name)
        selection.skipped.extend(Left(file, reason) for file in ranked[1:])
    return selection


def _walk(path: Path, selection: Selection) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for folder, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
    else:
        selection.unreadable.append(Left(path, say("no_such_file"), say("no_such_hint")))


def _readable(path: Path, selection: Selection) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError as error:
        reason = say("unreadable", error=error.strerror)
        selection.unreadable.append(Left(path, reason, say("unreadable_hint")))
        return False


def _is_meeting(path: Path, selection: Selection) -> bool:
    """Whether a file met in a folder belongs; broken files do, so that they get their own line from the server."""
    if _suffix(path) in (*RECORDINGS, *COLLECTIONS):
        return True
    if is_transcript(path):
        if not _says_something_else(path):
            return True
        selection.skipped.append(Left(path, say("not_transcript")))
        return False
    if _suffix(path) in TRANSCRIPTS or _is_container(path):
        return True
    selection.skipped.append(Left(path, say("not_media")))
    return False


def _says_something_else(path: Path) -> bool:
    """A whole JSON document or text file that is no transcript, such as a README."""
    if _suffix(path) == ".json":
        try:
            return not is_record(json.loads(path.read_text(encoding="utf-8-sig")))
        except (ValueError, RecursionError):
            return False
    if _suffix(path) == ".txt" and path.stat().st_size:
        try:
            read_transcripts(path)
        except HuimaiError:
            return True
    return False


def _is_container(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    return any(head[at : at + len(magic)] == magic for at, magic in _CONTAINERS)


def _groups(files: Sequence[Path]) -> list[list[Path]]:
    """The files of each meeting, in order of first sight."""
    stems = {(file.parent, _stem(file)) for file in files}
    groups: dict[Path, list[Path]] = {}
    for file in files:
        key = file if _suffix(file) in COLLECTIONS else file.parent / _meeting_stem(file, stems)
        groups.setdefault(key, []).append(file)
    return list(groups.values())


def _meeting_stem(file: Path, stems: set[tuple[Path, str]]) -> str:
    """The stem without a second suffix, where another file of the folder has just that stem."""
    stem = _stem(file)
    shorter = _SECOND_SUFFIX.sub("", stem)
    is_form = _suffix(file) in TRANSCRIPTS and (file.parent, shorter) in stems
    return shorter if is_form else stem


def _rank(file: Path, prefer: Prefer) -> tuple[bool, int, int, str]:
    suffix = _suffix(file)
    recording = suffix not in TRANSCRIPTS
    order = RECORDINGS if recording else TRANSCRIPTS
    position = order.index(suffix) if suffix in order else len(order)
    return (recording != (prefer == "recording"), position, len(file.name), file.name)


def _suffix(path: Path) -> str:
    name = path.name.lower()
    return next((suffix for suffix in COLLECTIONS if name.endswith(suffix)), path.suffix.lower())


def _stem(path: Path) -> str:
    return path.name[: len(path.name) - len(_suffix(path))]
