"""Recordings with the truth of what was said in them: a series of meetings, or a folder of clips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ingestion.domain import GlossaryEntry, Span
from ingestion.errors import BadInputError
from ingestion.evaluation.diarization import SpeakerTruth
from ingestion.evaluation.normalise import tokens
from ingestion.evaluation.transcripts import SpokenText
from ingestion.evaluation.truth import TruthRecord, read_record
from ingestion.text.language import detect_language

_SUFFIXES = (".flac", ".wav", ".m4a", ".mp3", ".ogg", ".opus")
_DATED = "????-??-??"
_TRUTH = ".truth.json"
_SERIES_SHAPE = "give a folder with truth.json and, for each meeting, <date>.m4a and <date>.truth.json"
_CLIP_SHAPE = 'give each recording a .json of the same name, like {"text": "What was said.", "language": "en"}'

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Word(TruthRecord):
    text: str
    speaker: str | None = None


class _Turn(TruthRecord):
    speaker: str | None = None
    start: Seconds | None = None
    end: Seconds | None = None

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("it ends before it starts")
        return self


class _Line(_Turn):
    text: str


class _Clip(TruthRecord):
    text: str
    language: Name | None = None
    words: tuple[_Word, ...] = ()
    segments: tuple[_Turn, ...] = ()


class _Meeting(TruthRecord):
    utterances: tuple[_Line, ...]
    language: Name | None = None


class _Term(TruthRecord):
    canonical: Name
    kind: str = "term"


class _Series(TruthRecord):
    project: Name
    language: Name
    glossary: tuple[_Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording in a language (ISO 639-1 code, or `auto` where nothing tells), what was said in it and by whom."""

    name: str
    audio: Path
    language: str
    said: SpokenText
    speakers: SpeakerTruth


@dataclass(frozen=True, slots=True)
class RecordedFolder:
    """The recordings of one project and the names and terms that are said in them, canonical forms only.

    Those of a `series` are meetings in the order of their dates, and who has the same name is the same person.
    """

    path: Path
    project: str
    terms: tuple[GlossaryEntry, ...]
    recordings: tuple[Recording, ...]
    series: bool


def read_recorded_series(folder: Path) -> RecordedFolder:
    """A series: `truth.json`, and `<date>.truth.json` beside each `<date>` recording.

    Raises BadInputError that names the file and what is wrong with it.
    """
    if not (folder / "truth.json").is_file():
        raise BadInputError(f"{folder.name} is no series: it has no truth.json", _SERIES_SHAPE)
    series = read_record(folder / "truth.json", _Series, _SERIES_SHAPE)
    recordings: list[Recording] = []
    for audio in _recordings(folder, _DATED, _SERIES_SHAPE):
        meeting = read_record(_beside(audio, _TRUTH, _SERIES_SHAPE), _Meeting, _SERIES_SHAPE)
        lines = meeting.utterances
        said = SpokenText(tuple(line.text for line in lines), _by_speaker(lines))
        speakers = _speakers(lines, [(line.speaker, line.text) for line in lines])
        recordings.append(_recording(folder, audio, meeting.language or series.language, said, speakers))
    heard = {recording.audio.stem for recording in recordings}
    for truth in sorted(folder.glob(f"{_DATED}{_TRUTH}")):
        if truth.name.removesuffix(_TRUTH) not in heard:
            raise BadInputError(f"{folder.name}/{truth.name} has no recording beside it", _SERIES_SHAPE)
    terms = tuple(GlossaryEntry(term.canonical, kind=term.kind) for term in series.glossary)
    return RecordedFolder(folder, series.project, terms, tuple(recordings), series=True)


def read_clips(folder: Path) -> RecordedFolder:
    """Clips: recordings, each with a `.json` of the same name. A language that is not given is told by the script.

    Raises BadInputError that names the file and what is wrong with it.
    """
    recordings: list[Recording] = []
    for audio in _recordings(folder, "*", _CLIP_SHAPE):
        clip = read_record(_beside(audio, ".json", _CLIP_SHAPE), _Clip, _CLIP_SHAPE)
        words = {speaker: (" ".join(lines),) for speaker, lines in _by_speaker(clip.words).items()}
        runs = [
            (speaker, " ".join(word.text for word in run))
            for speaker, run in groupby(clip.words, key=lambda word: word.speaker)
        ]
        told = detect_language(clip.text)
        language = clip.language or ("auto" if told == "und" else told)
        said = SpokenText((clip.text,), words)
        recordings.append(_recording(folder, audio, language, said, _speakers(clip.segments, runs)))
    return RecordedFolder(folder, folder.name, (), tuple(recordings), series=False)


def _recordings(folder: Path, stem: str, shape: str) -> list[Path]:
    found = sorted(path for path in folder.glob(f"{stem}.*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    if not found:
        raise BadInputError(f"{folder.name} has no recording ({', '.join(_SUFFIXES)})", shape)
    return found


def _beside(audio: Path, suffix: str, shape: str) -> Path:
    truth = audio.with_suffix(suffix)
    if not truth.is_file():
        raise BadInputError(f"{audio.parent.name}/{audio.name} has no {truth.name} beside it", shape)
    return truth


def _recording(folder: Path, audio: Path, language: str, said: SpokenText, speakers: SpeakerTruth) -> Recording:
    if not any(map(tokens, said.lines)):
        raise BadInputError(
            f"{folder.name}/{audio.name}: its truth holds no words", "write down what is said, or leave the file out"
        )
    code = language.partition("-")[0].lower()
    return Recording(f"{folder.name}/{audio.name}", audio, code, said, speakers)


def _by_speaker(said: Iterable[_Word | _Line]) -> dict[str | None, Sequence[str]]:
    """What each speaker said, in order; nothing where no speaker is named."""
    lines: dict[str | None, list[str]] = {}
    for one in said:
        lines.setdefault(one.speaker, []).append(one.text)
    return {} if set(lines) == {None} else dict(lines)


def _speakers(turns: Sequence[_Turn], lines: Sequence[tuple[str | None, str]]) -> SpeakerTruth:
    """Without turns unless each has its speaker and times."""
    spans: dict[str, list[Span]] = {}
    for turn in turns:
        if not turn.speaker or turn.start is None or turn.end is None:
            return SpeakerTruth({}, tuple(lines))
        spans.setdefault(turn.speaker, []).append(Span(turn.start, turn.end))
    return SpeakerTruth(spans, tuple(lines))
