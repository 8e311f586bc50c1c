"""Brings what is stored of a meeting to what its corrections say.

Making a correction, undoing one and deriving the lines anew end in the same call: the derived lines with the events
that stand. So none of them needs to know what the others did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingestion.chunking import chunk, chunk_id, chunk_text, chunk_words
from ingestion.correction_repository import CorrectionRepository
from ingestion.corrections.applying import corrected, written
from ingestion.corrections.domain import Line, StoredLine
from ingestion.repository import TranscriptRepository
from ingestion.tables import Chunk, CorrectionEvent, Meeting

LOST = "of the corrections belong to no line of this transcript any more; they are kept"
"""How the note of a meeting ends some of whose corrections could not be applied to what was heard anew."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The lines of a meeting as they now stand, which of them have another text or speaker than before, and how many
    corrections fit none."""

    lines: tuple[Line, ...]
    changed: tuple[int, ...]
    lost: int


def settle_lines(corrections: CorrectionRepository, meeting: Meeting) -> Settled:
    """Store the meeting's lines with the corrections that stand."""
    stored = corrections.lines(meeting.id)
    derived = [one.derived for one in stored]
    timed = meeting.media_sha256 is not None
    wanted, lost = corrected(derived, corrections.line_events(meeting.id), timed=timed)
    pairs = [(line, one) for line, one in zip(wanted, stored, strict=True) if line != one.line]
    corrections.set_lines(meeting.id, [StoredLine(line, one.derived) for line, one in pairs])
    changed = [line.index for line, one in pairs if (line.text, line.speaker) != (one.line.text, one.line.speaker)]
    return Settled(tuple(wanted), tuple(changed), lost)


def written_lines(corrections: CorrectionRepository, meeting: Meeting) -> set[int]:
    """The lines of the meeting of which somebody has said what they say."""
    derived = [one.derived for one in corrections.lines(meeting.id)]
    return written(derived, corrections.line_events(meeting.id), timed=meeting.media_sha256 is not None)


def settle_chunks(transcripts: TranscriptRepository, meeting_id: str, settled: Settled, target_words: int) -> bool:
    """Bring the chunks to the changed lines and count what their vectors do not know; returns whether the meeting was
    cut anew.

    Chunks keep their bounds. They are only cut anew when a line gets text that is in none, or a chunk loses all.
    """
    chunks = transcripts.chunks(meeting_id)
    touched = _holding(chunks, settled.changed)
    if touched is None or not all(_rewrite(chunks[at], settled.lines) for at in touched):
        drafts = chunk(settled.lines, target_words)
        transcripts.replace_chunks(meeting_id, [(chunk_id(meeting_id, d.first, d.last), d) for d in drafts])
        for new in transcripts.chunks(meeting_id):
            new.behind = 1
        return True
    # a chunk's sparse vector knows the words of those beside it
    for near in {near for at in touched for near in (at - 1, at, at + 1) if 0 <= near < len(chunks)}:
        chunks[near].behind += 1
    return False


def settle_facts(meeting_events: Sequence[CorrectionEvent]) -> dict[str, Any]:
    """What the fields that were ever corrected in a meeting are after its events, given in order: what the last that
    stands made of them, else what they were before the first."""
    facts: dict[str, Any] = {}
    for event in reversed(meeting_events):
        facts |= event.before
    for event in meeting_events:
        if event.undone_at is None:
            facts |= event.after
    return facts


def _holding(chunks: Sequence[Chunk], lines: Sequence[int]) -> set[int] | None:
    """The positions of the chunks in which the lines lie; null when one lies in none."""
    places = {index: at for at, one in enumerate(chunks) for index in range(one.first, one.last + 1)}
    return {places[line] for line in lines} if all(line in places for line in lines) else None


def _rewrite(one: Chunk, lines: Sequence[Line]) -> bool:
    """Whether any text is left."""
    inside = lines[one.first : one.last + 1]
    one.text, one.words = chunk_text(inside), chunk_words(inside)
    return bool(one.text)
