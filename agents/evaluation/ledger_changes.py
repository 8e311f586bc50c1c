"""What was found to have changed over a series, scored against the truth.

A thread stands for the matter of the truth with whose lines, of any meeting up to then, its items share most lines: one
to one, of one kind, so that most lines are shared in all. Everything that is said of threads is then compared as a set
of (what is said, id of the matter).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from agents.comparison.deltas import Period, Row, deltas
from agents.evaluation.ledger_records import SECTIONS, GoldItem, LedgerMeeting, LedgerSeries, Week
from agents.ledger.domain import Item, ItemKind, Link, LinkType
from agents.ledger.threads import Thread, threads
from ingestion.pairing import best_pairs

Place = tuple[str, int]
"""A meeting's name and a line of it."""

_CHANGED = ("refined", "reversed")
_LINK_OF = {
    "restated": LinkType.RESTATES,
    "refined": LinkType.REFINES,
    "reversed": LinkType.REVERSES,
    "progress": LinkType.CONTINUES,
    "again": LinkType.CONTINUES,
    "redated": LinkType.REDATES,
    "handed_over": LinkType.HANDS_OVER,
    "growing": LinkType.WORSENS,
    "done": LinkType.FULFILS,
    "resolved": LinkType.FULFILS,
    "answered": LinkType.ANSWERS,
}
"""The link by which the ledger tells what the truth calls an event."""
_SAME = {
    (ItemKind.DECISION, LinkType.CONTINUES): LinkType.RESTATES,
    (ItemKind.COMMITMENT, LinkType.RESTATES): LinkType.CONTINUES,
    (ItemKind.COMMITMENT, LinkType.REFINES): LinkType.REDATES,
    (ItemKind.QUESTION, LinkType.RESTATES): LinkType.CONTINUES,
    (ItemKind.QUESTION, LinkType.FULFILS): LinkType.ANSWERS,
    (ItemKind.RISK, LinkType.RESTATES): LinkType.CONTINUES,
}
"""Links that tell the same of a matter of this kind, and the one that the truth has for it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a thread, and the id of the matter that it stands for; null for none."""

    what: str
    thread: Thread
    gold: str | None


@dataclass(frozen=True, slots=True)
class ScoredClaims:
    """What the truth says, as (what, id of a matter), and what was found, no claim twice."""

    gold: frozenset[tuple[str, str]]
    claims: tuple[Claim, ...]

    @property
    def found(self) -> frozenset[tuple[str, str]]:
        """What was found of matters of the truth."""
        return frozenset((claim.what, claim.gold) for claim in self.claims if claim.gold is not None)

    def sums(self, exempt: str | None = None) -> tuple[int, int]:
        """What F1 is the quotient of: twice the right claims, and the found and the gold ones together. Threads that
        stand for nothing make false claims, those that are `exempt` apart."""
        strays = sum(claim.gold is None and claim.what != exempt for claim in self.claims)
        return 2 * len(self.gold & self.found), len(self.found) + strays + len(self.gold)

    def rows(self, meeting: str, kind: str) -> list[dict[str, Any]]:
        """Its lines of the details: every claim, and everything that the truth says, with whether the other has it."""
        head = {"meeting": meeting, "kind": kind}
        return [
            *(
                {
                    **head,
                    "side": "found",
                    "what": claim.what,
                    "id": claim.gold,
                    "thread": [[step.item.meeting_id, list(step.item.said.lines)] for step in claim.thread.steps],
                    "text": claim.thread.current.said.text,
                    "matched": (claim.what, claim.gold) in self.gold,
                }
                for claim in self.claims
            ),
            *(
                {**head, "side": "gold", "what": what, "id": id, "matched": (what, id) in self.found}
                for what, id in sorted(self.gold)
            ),
        ]


@dataclass(frozen=True, slots=True)
class ScoredChanges:
    """What was found to have changed in a meeting.

    `links` are what it does to earlier matters; `sections` what a comparison with an earlier meeting lists, null where
    the truth compares none with this one; `restated`, with it, whether each decision that is only restated here is
    listed as changed. `current` tells of each decision that is refined or reversed here for the last time whether its
    thread says so at the end of the series.
    """

    links: ScoredClaims
    sections: ScoredClaims | None
    restated: tuple[bool, ...]
    current: tuple[bool, ...]

    @property
    def dropped(self) -> list[bool]:
        """Whether each commitment that the truth lists as dropped is listed so."""
        return (
            [entry in self.sections.found for entry in self.sections.gold if entry[0] == "dropped"]
            if self.sections
            else []
        )

    def rows(self, meeting: str) -> list[dict[str, Any]]:
        """The meeting's lines of the details."""
        return [*self.links.rows(meeting, "link"), *(self.sections.rows(meeting, "delta") if self.sections else ())]


def score_changes(series: LedgerSeries, items: Iterable[Item], links: Iterable[Link]) -> dict[str, ScoredChanges]:
    """By the name of each meeting, what was found to have changed in it. Items have the names of their meetings as
    `meeting_id`, and stand on the lines of the truth. Kinds that the truth does not tell of, and metrics, are left
    out."""
    return _Scoring(series, items, links).scored()


class _Scoring:
    def __init__(self, series: LedgerSeries, items: Iterable[Item], links: Iterable[Link]) -> None:
        self._series = series
        self._threads = [
            one for one in threads(items, links) if one.kind in series.kinds and one.kind is not ItemKind.METRIC
        ]
        self._history: dict[str, list[tuple[LedgerMeeting, GoldItem]]] = defaultdict(list)
        for meeting in series.meetings:
            for item in meeting.gold:
                self._history[item.id].append((meeting, item))

    def scored(self) -> dict[str, ScoredChanges]:
        weeks = {week.later: week for week in self._series.weeks}
        return {meeting.name: self._meeting(meeting, weeks.get(meeting.day)) for meeting in self._series.meetings}

    def _meeting(self, meeting: LedgerMeeting, week: Week | None) -> ScoredChanges:
        stands = self._standing(meeting.day)
        sections = ScoredClaims(week.entries, tuple(self._sections(week, stands))) if week else None
        changed = {id for what, id in sections.found if what == "changed"} if sections else set[str]()
        restated = [item.id for item in meeting.gold if item.event == "restated"] if week else []
        return ScoredChanges(
            ScoredClaims(self._gold_links(meeting), tuple(self._links(meeting, stands))),
            sections,
            tuple(id in changed for id in restated),
            tuple(self._current(meeting)),
        )

    def _standing(self, day: date) -> dict[str, str]:
        """The matter that each thread stands for on a day, by the ids of both."""
        own = [one for thread in self._threads if (one := thread.until(day))]
        gold = {id: _places(said, day) for id, said in self._history.items()}
        known = [id for id, places in gold.items() if places]
        if not own or not known:
            return {}
        kinds = {id: self._history[id][0][1].kind for id in known}
        lines = [_lines(step.item for step in thread.steps) for thread in own]
        worth = np.array(
            [
                [len(lines[row] & gold[id]) if thread.kind is kinds[id] else 0 for id in known]
                for row, thread in enumerate(own)
            ]
        )
        return {own[row].id: known[column] for row, column in best_pairs(worth) if worth[row, column]}

    def _sections(self, week: Week, stands: Mapping[str, str]) -> Iterable[Claim]:
        held = [meeting.day for meeting in self._series.meetings]
        earlier, later = Period(week.earlier, week.earlier), Period(week.later, week.later)
        found = deltas(self._threads, earlier, later, held)
        for section in SECTIONS:
            rows: list[Row] = getattr(found, section)
            yield from (Claim(section, row.thread, stands.get(row.thread.id)) for row in rows)

    def _gold_links(self, meeting: LedgerMeeting) -> frozenset[tuple[str, str]]:
        return frozenset(
            (_LINK_OF[item.event].value, item.id)
            for item in meeting.gold
            if item.event in _LINK_OF and self._history[item.id][0][1] is not item
        )

    def _links(self, meeting: LedgerMeeting, stands: Mapping[str, str]) -> Iterable[Claim]:
        claims: dict[tuple[str, str], Claim] = {}
        for thread in self._threads:
            for step in thread.on(meeting.day):
                if step.does:
                    what = _SAME.get((thread.kind, step.does), step.does).value
                    claims[what, thread.id] = Claim(what, thread, stands.get(thread.id))
        return claims.values()

    def _current(self, meeting: LedgerMeeting) -> Iterable[bool]:
        stands = {gold: thread for thread, gold in self._standing(self._series.meetings[-1].day).items()}
        by_id = {thread.id: thread for thread in self._threads}
        for item in meeting.gold:
            history = self._history[item.id]
            changes = [at for at, (_, said) in enumerate(history) if said.event in _CHANGED]
            if not changes or history[changes[-1]][1] is not item:
                continue
            own = _lines([by_id[stands[item.id]].current]) if item.id in stands else set[Place]()
            newest, earlier = _places([history[changes[-1]]]), _places(history[: changes[-1]])
            yield bool(own & newest) and not own & earlier


def _places(said: Sequence[tuple[LedgerMeeting, GoldItem]], until: date = date.max) -> set[Place]:
    return {(meeting.name, line) for meeting, item in said if meeting.day <= until for line in item.lines}


def _lines(items: Iterable[Item]) -> set[Place]:
    return {(item.meeting_id, line) for item in items for line in item.said.lines}
