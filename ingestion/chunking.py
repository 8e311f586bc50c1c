"""Utterances to searched chunks: runs of about one size, cut where the speaker changes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Protocol

from ingestion.domain import ChunkDraft
from ingestion.text.fillers import Text, carrying
from ingestion.text.language import words

_NAMESPACE = uuid.UUID("5d0f4a0e-6a35-4d5e-9a43-6a1f0c2f7a11")


class Spoken(Text, Protocol):
    """What chunking needs of an utterance."""

    @property
    def index(self) -> int:
        """Position in the meeting."""
        ...

    @property
    def speaker(self) -> str | None:
        """Name of the speaker, if known."""
        ...


def chunk(lines: Sequence[Spoken], target_words: int) -> list[ChunkDraft]:
    """Cut the utterances of a meeting, given in order, into consecutive chunks of at most `target_words` words.

    A chunk ends where the speaker changes if that leaves it at least half full, else at the last utterance that fits.
    An utterance is never split: one longer than the target is a chunk of its own. Every utterance lies in exactly one
    chunk, empty ones add no text; a meeting without any text has no chunks.
    """
    sizes = [words(line.text) for line in lines]
    drafts: list[ChunkDraft] = []
    begin, filled = 0, 0
    for position, size in enumerate(sizes):
        while filled and filled + size > target_words:
            end = _turn(lines, sizes, begin, position, target_words / 2)
            drafts.append(_draft(lines[begin:end]))
            filled -= sum(sizes[begin:end])
            begin = end
        filled += size
    if filled:
        drafts.append(_draft(lines[begin:]))
    elif drafts:
        drafts[-1] = _through(drafts[-1], lines[-1].index)
    return drafts


def chunk_text(lines: Sequence[Spoken]) -> str:
    """The text of a chunk of these utterances: a line for each that is not empty, after its speaker."""
    return "\n".join(f"{line.speaker}: {line.text}" if line.speaker else line.text for line in lines if line.text)


def chunk_words(lines: Sequence[Text]) -> int:
    """The size of a chunk of these utterances as evidence, in words: of what is said in it, without fillers."""
    return sum(words(line.text) for line in carrying(lines))


def surroundings(texts: Sequence[str], at: int) -> str:
    """The text of a chunk between those of its neighbours, given the texts of a meeting's chunks in order."""
    return "\n".join(texts[max(0, at - 1) : at + 2])


def chunk_id(meeting_id: str, first: int, last: int) -> str:
    """The id of a chunk, the same whenever the same run of the same meeting is cut: a UUID of version 5 (RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, f"{meeting_id}/{first}-{last}"))


def _turn(lines: Sequence[Spoken], sizes: Sequence[int], begin: int, end: int, least: float) -> int:
    """The last position in `begin`+1..`end` at which a new speaker begins with `least` words before it, else `end`."""
    filled = sum(sizes[begin:end])
    for position in range(end, begin, -1):
        if filled < least:
            break
        if lines[position].speaker != lines[position - 1].speaker:
            return position
        filled -= sizes[position - 1]
    return end


def _draft(lines: Sequence[Spoken]) -> ChunkDraft:
    return ChunkDraft(first=lines[0].index, last=lines[-1].index, text=chunk_text(lines), words=chunk_words(lines))


def _through(draft: ChunkDraft, last: int) -> ChunkDraft:
    return ChunkDraft(first=draft.first, last=last, text=draft.text, words=draft.words)
