"""A stored transcript as a file: JSON, Markdown, WebVTT, SubRip or plain text. Our own importer reads them all back.

Text and names are data: whatever they contain, they cannot become markup of the file they are written to.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingestion.domain import StoredLine
from ingestion.errors import BadInputError
from ingestion.tables import Meeting
from ingestion.text.fitting import fitted
from server.transcript_documents import TranscriptDocument, UtteranceDocument, WordDocument

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")


class TranscriptFormat(StrEnum):
    """The formats a transcript is written in."""

    JSON = "json"
    MD = "md"
    VTT = "vtt"
    SRT = "srt"
    TXT = "txt"

    @property
    def media_type(self) -> str:
        """The MIME type of a file in this format."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    TranscriptFormat.JSON: "application/json",
    TranscriptFormat.MD: "text/markdown; charset=utf-8",
    TranscriptFormat.VTT: "text/vtt; charset=utf-8",
    TranscriptFormat.SRT: "application/x-subrip; charset=utf-8",
    TranscriptFormat.TXT: "text/plain; charset=utf-8",
}


def render(meeting: Meeting, project: str, utterances: Sequence[StoredLine], format: TranscriptFormat) -> str:
    """The transcript as text. Raises BadInputError when subtitles are asked for and no line has a time."""
    return _RENDERERS[format](meeting, project, utterances)


def render_compact(meeting: Meeting, project: str, utterances: Sequence[StoredLine], *, words: bool) -> str:
    """The transcript as JSON for programs, with the words of its lines if wanted: without the line breaks and spaces
    that take most of the time of a long one."""
    document = transcript_json(meeting, project, utterances, words=words)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def transcript_json(
    meeting: Meeting, project: str, utterances: Sequence[StoredLine], *, words: bool = False
) -> TranscriptDocument:
    """The transcript document, with the words of its lines if wanted."""
    return {
        "id": meeting.id,
        "project": project,
        "title": meeting.title,
        "date": meeting.date.isoformat(),
        "language": meeting.language,
        "duration": meeting.duration,
        "utterances": [_utterance_json(u, words) for u in utterances],
    }


def clock(seconds: float, mark: str = ".") -> str:
    """Seconds as `hh:mm:ss.mmm`."""
    total = round(max(seconds, 0.0) * 1000)
    rest, millis = divmod(total, 1000)
    return f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}{mark}{millis:03}"


def _utterance_json(utterance: StoredLine, words: bool) -> UtteranceDocument:
    document: UtteranceDocument = {
        "i": utterance.index,
        "speaker": utterance.speaker,
        "text": utterance.text,
        "start": utterance.start,
        "end": utterance.end,
    }
    if utterance.raw_text != utterance.text:
        document["raw_text"] = utterance.raw_text
    if utterance.confidence is not None:
        document["confidence"] = round(utterance.confidence, 3)
    if not utterance.sure:
        document["sure"] = False
    if words and utterance.words and not _is_rewritten(utterance):
        document["words"] = _words_json(utterance.text, utterance.words)
    return document


def _is_rewritten(utterance: StoredLine) -> bool:
    """Whether somebody has written another text than the one that was derived from the words."""
    return utterance.uncorrected is not None and utterance.uncorrected["text"] != utterance.text


def _words_json(text: str, words: Sequence[Sequence[Any]]) -> list[WordDocument]:
    """Stored words, as the text spells them. What several became is as doubtful as the most doubtful of them."""
    return [
        {
            "text": piece,
            "start": round(words[first][1], 3),
            "end": round(words[last - 1][2], 3),
            "probability": round(min(word[3] for word in words[first:last]), 3),
        }
        for piece, first, last in fitted(text, [word[0] for word in words])
    ]


def _json(meeting: Meeting, project: str, utterances: Sequence[StoredLine]) -> str:
    return json.dumps(transcript_json(meeting, project, utterances), ensure_ascii=False, indent=1) + "\n"


def _markdown(meeting: Meeting, project: str, utterances: Sequence[StoredLine]) -> str:
    head = [f"# {plain_markdown(meeting.title)}", "", f"{plain_markdown(project)} · {meeting.date.isoformat()}", ""]
    return "\n".join(head + [line for u in utterances for line in (_markdown_line(u), "")])


def _markdown_line(utterance: StoredLine) -> str:
    who = [f"**{plain_markdown(utterance.speaker)}**"] if utterance.speaker else []
    when = [f"`{_short_clock(utterance.start)}`"] if utterance.start is not None else []
    return " ".join([*who, *when, plain_markdown(utterance.text)])


def _text(meeting: Meeting, project: str, utterances: Sequence[StoredLine]) -> str:
    blocks = [f"{_one_line(meeting.title)}\n{meeting.date.isoformat()}\n"]
    for u in utterances:
        head = " ".join(filter(None, (_one_line(u.speaker or ""), "" if u.start is None else clock(u.start)[:8])))
        text = _one_line(u.text).replace("-->", "--\u2060>")
        blocks.append(f"{head}\n{text}\n" if head else f"{text}\n")
    return "\n".join(blocks)


def _webvtt(meeting: Meeting, project: str, utterances: Sequence[StoredLine]) -> str:
    cues = [
        f"{clock(cue.start)} --> {clock(cue.end)}\n{_voice(cue.speaker)}{_escaped(cue.text)}\n"
        for cue in _cues(utterances)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _voice(speaker: str | None) -> str:
    return f"<v {_escaped(speaker)}>" if speaker else ""


def _subrip(meeting: Meeting, project: str, utterances: Sequence[StoredLine]) -> str:
    cues = [
        f"{number}\n{clock(cue.start, ',')} --> {clock(cue.end, ',')}\n"
        f"{_unmarked(f'{cue.speaker}: {cue.text}' if cue.speaker else cue.text)}\n"
        for number, cue in enumerate(_cues(utterances), start=1)
    ]
    return "\n".join(cues)


_RENDERERS: dict[TranscriptFormat, Callable[[Meeting, str, Sequence[StoredLine]], str]] = {
    TranscriptFormat.JSON: _json,
    TranscriptFormat.MD: _markdown,
    TranscriptFormat.VTT: _webvtt,
    TranscriptFormat.SRT: _subrip,
    TranscriptFormat.TXT: _text,
}


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    speaker: str | None
    text: str


def _cues(utterances: Iterable[StoredLine]) -> Iterator[_Cue]:
    """Timed lines; a line without a time takes the moment at which the line before it ended."""
    lines = [u for u in utterances if u.text.strip()]
    if lines and all(u.start is None for u in lines):
        raise BadInputError("this transcript has no times, so it cannot become subtitles", "ask for md, txt or json")
    clock_at = 0.0
    for u in lines:
        start = clock_at if u.start is None else u.start
        end = max(start, start if u.end is None else u.end)
        yield _Cue(start, end, u.speaker, u.text)
        clock_at = end


def _short_clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def plain_markdown(text: str) -> str:
    """Text on one line, with what Markdown would take for markup escaped."""
    return _MARKDOWN.sub(r"\\\1", _one_line(text))


def _unmarked(text: str) -> str:
    """SubRip knows no escapes: an invisible word joiner keeps players from reading tags or an arrow."""
    return re.sub(r"(?<=[<{-])(?=[/\\\w>-])", "\u2060", _one_line(text))


def _escaped(text: str) -> str:
    return html.escape(_one_line(text), quote=False)
