"""Meetings put together line by line, with words for meaning, and what linking makes of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from agents.extract.sentences import words_of
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link, Owner
from agents.ledger.threads import Thread, threads
from agents.link.domain import Linked, ReadMeeting
from agents.link.linking import link_meeting
from retrieval.domain import Line

FIRST = date(2026, 3, 4)
SECOND = date(2026, 3, 11)
ENGLISH_TALK = (
    ("Ann", "Okay, everybody is here, shall we begin?"),
    ("Ben", "The office plants look rather sad today."),
    ("Cho", "Coffee machine on the third floor is loud again."),
    ("Ann", "Right, that was all from my side, thanks."),
)
CHINESE_TALK = (
    ("安宁", "大家都到齐了，那我们开始。"),
    ("白露", "窗台上的绿萝又蔫了。"),
    ("陈默", "三楼的咖啡机声音真大。"),
    ("安宁", "今天先到这里，散会。"),
)


class Words:
    """Meaning as words and pairs of characters: the same text, the same vector."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of hashed words."""
        self.calls.append(list(texts))
        rows = np.zeros((len(texts), 1024), dtype=np.float32)
        for row, text in enumerate(texts):
            han = "".join(re.findall(r"[\u3400-\u9fff]", text))
            for word in [*re.findall(r"[a-z]{3,}", text.lower()), *map("".join, itertools.pairwise(han))]:
                rows[row, crc32(word.encode()) % 1024] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


class Ledger:
    """Meetings put together line by line."""

    def __init__(self) -> None:
        self._ids = itertools.count()

    def meeting(
        self,
        day: date,
        talk: Sequence[tuple[str, str]],
        *items: tuple[ItemKind, tuple[int, ...], str | None, date | None],
    ) -> ReadMeeting:
        """A meeting with the items given as kind, lines, owner and due date."""
        lines = tuple(Line(i, speaker, None, None, text) for i, (speaker, text) in enumerate(talk))
        return ReadMeeting(
            str(day), day, lines, tuple(self._item(day, lines, *item) for item in sorted(items, key=lambda i: i[1]))
        )

    def _item(
        self, day: date, lines: Sequence[Line], kind: ItemKind, at: tuple[int, ...], owner: str | None, due: date | None
    ) -> Item:
        draft = ItemDraft(
            kind,
            at,
            words_of([lines[i].text for i in at]),
            0.9,
            owner=Owner(owner, at) if owner else None,
            due=Due(due, "", at[0]) if due else None,
        )
        return Item(f"{next(self._ids):04}", str(day), day, draft)


def linked(
    kind: ItemKind,
    before: str,
    now: Sequence[tuple[str, str]],
    *items: tuple[ItemKind, tuple[int, ...], str | None, date | None],
    owner: str | None = None,
    due: date | None = None,
) -> tuple[Linked, list[Thread]]:
    """What a meeting does to one earlier item, and the threads after it."""
    ledger = Ledger()
    talk = CHINESE_TALK if re.search(r"[\u3400-\u9fff]", before) else ENGLISH_TALK
    earlier = ledger.meeting(FIRST, [(owner or talk[0][0], before), *talk], (kind, (0,), owner, due))
    shifted = [(k, tuple(i + 2 for i in at), o, d) for k, at, o, d in items]
    later = ledger.meeting(SECOND, [*talk[:2], *now, *talk[2:]], *shifted)
    result = link_meeting(threads(earlier.items, ()), later, Words())
    return result, threads([*earlier.items, *later.items, *result.updates], result.links)


def only(result: Linked) -> Link:
    """The one link there is."""
    (link,) = result.links
    return link


DECISION, COMMITMENT = ItemKind.DECISION, ItemKind.COMMITMENT
