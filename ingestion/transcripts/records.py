"""JSON transcripts: Huimai's own (one record, or one a line) and what whisper programs write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ingestion.domain import Transcript
from ingestion.errors import BadInputError
from ingestion.transcripts.cues import Cue, parse_clock, to_lines
from ingestion.transcripts.header import find_date

_SHAPES = 'expected {"utterances": [...]} or whisper\'s {"segments": [...]}, each with "text"'
# Whisper's verbose JSON writes names where everything else writes codes.
_LANGUAGES = {
    "chinese": "zh", "mandarin": "zh", "cantonese": "yue", "english": "en", "japanese": "ja", "korean": "ko",
    "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "russian": "ru",
}  # fmt: skip


def parse_json(text: str) -> Transcript:
    """Read one JSON document. Raises BadInputError when it is broken or has no utterances."""
    return _transcript(_load(text, "the JSON"))


def parse_jsonl(text: str) -> list[Transcript]:
    """Read one meeting a line. Raises BadInputError naming the line: all of the file counts, or none of it."""
    return [
        _transcript(_load(line, f"line {number}"), f"line {number}: ")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def is_record(document: object) -> bool:
    """Whether a parsed JSON document has the shape of a transcript."""
    return _rows(document) is not None


def _load(text: str, what: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deep")
        raise BadInputError(f"{what} is broken or cut short ({reason})", "export the transcript again") from error


def _rows(document: object) -> Sequence[object] | None:
    rows: object = document
    if isinstance(document, Mapping):
        fields = cast("Mapping[str, object]", document)
        rows = fields.get("utterances", fields.get("segments"))
    if not isinstance(rows, list):
        return None
    found = cast("list[object]", rows)
    return found if all(isinstance(row, Mapping) for row in found) else None


def _transcript(document: object, where: str = "") -> Transcript:
    rows = _rows(document)
    if rows is None:
        raise BadInputError(f"{where}the JSON is not a transcript", _SHAPES)
    fields = cast("Mapping[str, Any]", document if isinstance(document, Mapping) else {})
    lines, warnings = to_lines([_cue(cast("Mapping[str, Any]", row)) for row in rows])
    return Transcript(
        lines,
        id=_text(fields.get("id")),
        project=_text(fields.get("project")),
        title=_text(fields.get("title")),
        date=find_date(str(fields.get("date", ""))),
        language=_language(fields.get("language")),
        warnings=tuple(warnings),
    )


def _cue(row: Mapping[str, Any]) -> Cue:
    start, bad_start = _seconds(row.get("start"))
    end, bad_end = _seconds(row.get("end"))
    return Cue(_text(row.get("text")) or "", _text(row.get("speaker")), start, end, bad_start or bad_end)


def _seconds(value: object) -> tuple[float | None, bool]:
    """(seconds, whether something unreadable stood there)."""
    if value is None:
        return None, False
    if isinstance(value, str):
        seconds = parse_clock(value)
        if seconds is not None:
            return seconds, False
    elif isinstance(value, bool) or not isinstance(value, int | float):
        return None, True
    try:
        return float(value), False
    except (ValueError, OverflowError):
        return None, True


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _language(value: object) -> str | None:
    name = (_text(value) or "").lower().replace("_", "-")
    return _LANGUAGES.get(name, name.split("-")[0]) or None
