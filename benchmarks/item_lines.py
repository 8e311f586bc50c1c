"""Small made-up meetings whose lines are labelled by hand, to learn from: `item_lines/zh.txt` and `item_lines/en.txt`.

`# 2026-03-04 title` begins a meeting; each line of it is its labels, the speaker and the text. Upper-case labels are
what the line states (D decision, C commitment, Q question left open, R risk, M metric value), lower-case ones what it
only belongs to or mentions, and `-` is neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from agents.evaluation.ledger_records import GoldItem, LedgerMeeting
from agents.ledger.domain import ItemKind
from retrieval.domain import Line

FOLDER = Path(__file__).with_name("item_lines")

_LABELS = {
    "D": ItemKind.DECISION,
    "C": ItemKind.COMMITMENT,
    "Q": ItemKind.QUESTION,
    "R": ItemKind.RISK,
    "M": ItemKind.METRIC,
}


def read_item_lines() -> Iterator[LedgerMeeting]:
    """The labelled meetings, Chinese ones first. Raises ValueError for a line without labels, speaker and text."""
    for language in ("zh", "en"):
        text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
        for block in text.split("# ")[1:]:
            title, *rows = block.strip().splitlines()
            yield _meeting(title, language, rows)


def _meeting(title: str, language: str, rows: Sequence[str]) -> LedgerMeeting:
    lines: list[Line] = []
    gold: list[GoldItem] = []
    for index, row in enumerate(rows):
        labels, _, rest = row.partition(" ")
        speaker, _, text = rest.partition(": ")
        if not text:
            raise ValueError(f"{title}: '{row}' is not labels, a speaker and a text")
        lines.append(Line(index, speaker, None, None, text))
        gold += [
            GoldItem(f"{title}/{index}", _LABELS[label.upper()], "made" if label.isupper() else "again", (index,), "")
            for label in labels.strip("-")
        ]
    kinds = frozenset(_LABELS.values())
    return LedgerMeeting(title, language, date.fromisoformat(title[:10]), tuple(lines), tuple(gold), kinds)
