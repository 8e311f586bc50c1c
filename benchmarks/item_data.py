"""Meetings with truth as tables to learn from: signs, vectors and labels of every line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agents.evaluation.ledger_records import LedgerMeeting
from agents.extract.items import find_items
from agents.extract.signs import signs
from agents.ledger.domain import ItemDraft, ItemKind
from agents.qa.orders import without_orders
from ingestion.ports import Embedder
from retrieval.domain import Line

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A meeting as a table: a row a line.

    `group` is what must not stand on both sides of a cross-validation; `names` are those of the columns of `signs`. A
    truth whose links are only near has a `reach` in lines. `drafts` is what the rules find.
    """

    meeting: LedgerMeeting
    group: str
    reach: int
    lines: tuple[Line, ...]
    names: tuple[str, ...]
    signs: Rows
    vectors: Rows
    drafts: tuple[ItemDraft, ...]

    def labels(self, kind: ItemKind) -> tuple[Rows, Rows]:
        """1 where a line states an item of the kind, and 1 where it counts at all.

        Of an item's lines the one with most to say states it; the others, lines that only mention one, and those as
        near as the truth's links may be off do not count. Links that are only near are each taken for a statement.
        """
        states, counts = np.zeros(len(self.lines), np.float32), np.ones(len(self.lines), np.float32)
        gold = [item for item in self.meeting.gold if item.kind is kind]
        for line in {line for item in gold for line in item.lines}:
            counts[max(0, line - self.reach) : line + self.reach + 1] = 0
        for item in gold:
            if item.stated:
                fullest = max(item.lines, key=lambda line: len(self.lines[line].text))
                at = list(item.lines) if self.reach else [fullest]
                states[at] = counts[at] = 1
        return states, counts


class Vectors:
    """Vectors of texts, kept in a file of the folder so that a second run need not embed them again."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._file = folder / f"{embedder.model_id}.npz"
        self._held: dict[str, NDArray[np.float16]] = {}
        if self._file.exists():
            with np.load(self._file) as kept:
                self._held = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def hold(self, texts: Iterable[str]) -> None:
        """Embed those of the texts that are new."""
        new = [text for text in dict.fromkeys(texts) if _key(text) not in self._held]
        if not new:
            return
        rows = self._embedder.embed_passages(new).astype(np.float16)
        self._held |= dict(zip(map(_key, new), rows, strict=True))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._file, keys=np.array(list(self._held)), rows=np.stack(list(self._held.values())))

    def of(self, texts: Sequence[str]) -> Rows:
        """A row a text, all of which are held."""
        return np.stack([self._held[_key(text)] for text in texts]).astype(np.float32)


def labelled(meetings: Iterable[tuple[LedgerMeeting, str]], reach: int, vectors: Vectors) -> list[Labelled]:
    """The meetings, each with its group, as tables."""
    read = [
        (one, group, [replace(line, text=without_orders(line.text)) for line in one.lines]) for one, group in meetings
    ]
    vectors.hold(line.text for _, _, lines in read for line in lines)
    found: list[Labelled] = []
    for meeting, group, lines in read:
        told = signs(lines, meeting.day)
        names = tuple(told[0])
        table = np.array([[line[name] for name in names] for line in told], np.float32)
        rows = vectors.of([line.text for line in lines])
        drafts = tuple(find_items(lines, meeting.day))
        found.append(Labelled(meeting, group, reach, tuple(lines), names, table, rows, drafts))
    return found


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
