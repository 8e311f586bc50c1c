"""Blocks of subtitle files: an optional id line, a line with `-->`, and the text below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.transcripts.cues import parse_clock

ARROW = "-->"
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Block:
    """One timed block. `garbled` says that a time stood there and could not be read."""

    id: str
    start: float | None
    end: float | None
    payload: tuple[str, ...]
    garbled: bool


def timed_blocks(lines: Sequence[str], *, blank_ends_text: bool) -> list[Block]:
    """The blocks in their order. Missing blank lines between blocks are forgiven.

    `blank_ends_text`: WebVTT ends a cue's text at a blank line; SubRip writers leave blank lines inside.
    """
    arrows = [i for i, line in enumerate(lines) if ARROW in line]
    heads = [_id_line(lines, i) for i in arrows]
    bounds = [*(arrow if head is None else head for arrow, head in zip(arrows, heads, strict=True)), len(lines)]
    blocks: list[Block] = []
    for k, arrow in enumerate(arrows):
        payload = lines[arrow + 1 : bounds[k + 1]]
        if blank_ends_text:
            blank = next((i for i, line in enumerate(payload) if not line.strip()), len(payload))
            payload = payload[:blank]
        head = heads[k]
        start, end, garbled = _times(lines[arrow])
        text = tuple(line for line in payload if line.strip())
        blocks.append(Block("" if head is None else lines[head].strip(), start, end, text, garbled))
    return blocks


def _id_line(lines: Sequence[str], arrow: int) -> int | None:
    """The line above the arrow, when it is an id: a number, or a line that starts its block."""
    i = arrow - 1
    if i < 0 or not lines[i].strip() or ARROW in lines[i]:
        return None
    starts_block = i == 0 or not lines[i - 1].strip()
    return i if starts_block or _NUMBER.fullmatch(lines[i].strip()) else None


def _times(line: str) -> tuple[float | None, float | None, bool]:
    left, _, right = line.partition(ARROW)
    # What follows the end time are display settings.
    start, end = parse_clock(left), parse_clock((right.split() or [""])[0])
    return start, end, start is None or end is None
