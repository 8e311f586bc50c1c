"""Front door: any transcript file to `Transcript`s."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import replace
from pathlib import Path

from ingestion.domain import Transcript
from ingestion.errors import BadInputError, HuimaiError, TooLargeError
from ingestion.transcripts.blocks import ARROW
from ingestion.transcripts.cues import CLOCK
from ingestion.transcripts.decoding import decode, looks_binary
from ingestion.transcripts.dialogue import parse_dialogue
from ingestion.transcripts.minutes import parse_minutes
from ingestion.transcripts.records import is_record, parse_json, parse_jsonl
from ingestion.transcripts.srt import parse_srt
from ingestion.transcripts.vtt import parse_vtt

MAX_BYTES = 50 * 1024 * 1024
"""Largest transcript file, after unpacking."""

SUFFIXES = (".vtt", ".srt", ".txt", ".json", ".jsonl", ".jsonl.gz")
"""Names that say transcript, unless the content is binary."""

_GZIP = b"\x1f\x8b"
_HEAD_BYTES = 64 * 1024
_TIMED = re.compile(rf"^\s*{CLOCK}\s*-->\s*{CLOCK}", re.MULTILINE)
_FORMATS = "give WebVTT, SRT, a Feishu or Tencent Meeting text, 'Name: text' lines, or JSON with utterances or segments"


def is_transcript(path: Path, name: str | None = None) -> bool:
    """Whether the file should be read as a transcript rather than as a recording.

    By its name, unless the content is binary (a recording with a wrong name); any other name when the content begins
    as WebVTT or SubRip. `name` is the user's name of the file, where `path` is a temporary one.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    lower = (name or path.name).lower()
    if lower.endswith(".jsonl.gz"):
        return head.startswith(_GZIP) or not looks_binary(head)
    if looks_binary(head):
        return False
    if lower.endswith(SUFFIXES):
        return True
    start = head.decode("utf-8", "ignore").lstrip("\ufeff \r\n\t")
    return start.startswith("WEBVTT") or bool(_TIMED.search(start))


def read_transcripts(path: Path, name: str | None = None) -> list[Transcript]:
    """Read every transcript in the file, in its order; `.jsonl` may hold many, the rest one.

    Raises BadInputError (empty, binary, broken, nothing said) and TooLargeError, each in one line that begins with the
    file's name. `name` is the user's name of the file, where `path` is a temporary one.
    """
    shown = name or path.name
    try:
        text, notes = decode(_read(path))
        found = _parse(text, shown.lower())
        if not any(line.text for transcript in found for line in transcript.lines):
            raise BadInputError("nothing is said in it", _FORMATS)
    except HuimaiError as error:
        raise type(error)(f"{shown}: {error.message}", error.hint) from error
    return [_with_notes(transcript, notes) for transcript in found]


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise _too_large()
    data = path.read_bytes()
    if data.startswith(_GZIP):
        data = _unpack(path)
    if not data.strip():
        raise BadInputError("the file is empty", "export the transcript again")
    return data


def _unpack(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError("the gzip file is broken or cut short", "copy or download it again") from error
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def _too_large() -> TooLargeError:
    return TooLargeError(
        f"a transcript may have {MAX_BYTES // 1024**2} MiB at most", "split the file, or check that it is a transcript"
    )


def _parse(text: str, name: str) -> list[Transcript]:
    """By content first, since names lie; the name decides only between JSON and JSON Lines."""
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return [parse_vtt(start)]
    if start.startswith(("{", "[{")):
        return parse_jsonl(text) if _is_jsonl(start, name) else [parse_json(text)]
    if ARROW in text:
        return [parse_vtt(text) if name.endswith(".vtt") else parse_srt(text)]
    found = parse_minutes(text) or parse_dialogue(text)
    if found is None:
        raise BadInputError("no cue, clock time or 'Name:' was found in it", _FORMATS)
    return [found]


def _is_jsonl(text: str, name: str) -> bool:
    if name.endswith((".jsonl", ".jsonl.gz")):
        return True
    first, _, rest = text.partition("\n")
    if not rest.strip() or not first.rstrip().endswith("}"):
        return False
    try:
        return is_record(json.loads(first))
    except ValueError:
        return False


def _with_notes(transcript: Transcript, notes: list[str]) -> Transcript:
    return replace(transcript, warnings=(*notes, *transcript.warnings)) if notes else transcript
