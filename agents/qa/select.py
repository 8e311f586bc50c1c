"""Which lines an answer stands on: the best of each meeting, in the order in which the answer tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agents.qa.plan import Kind, Plan
from agents.qa.rank import RankedLine, asks, holds_kind
from retrieval.domain import Evidence

NEAR_TOP = {Kind.FACT: 1.0, Kind.LATEST: 4.0, Kind.HISTORY: 4.0, Kind.COMPARE: 4.0, Kind.EVER: 2.0, Kind.ENUMERATE: 3.0}
"""A meeting's best line is taken when its score is at most so much below the best of all. What holds now, what changed
and what is compared was said again later in other words, so there the margin is wide."""
NEAR_TAKEN = {Kind.ENUMERATE: 3.0, Kind.EVER: 2.0}
"""The same for a meeting's further lines, 1 where nothing is given."""
PER_MEETING = {Kind.ENUMERATE: 4}
"""Most picks of one meeting, 2 where nothing is given."""
MOST = {Kind.FACT: 3, Kind.LATEST: 3, Kind.HISTORY: 4, Kind.COMPARE: 6, Kind.EVER: 4, Kind.ENUMERATE: 12}
ABOUT = 0.4
"""Where the newest state is asked for, a newer line is taken only if it covers at least this share of what the best one
covers of the question's words, or scores within `SURE` of it: else it is about something else."""
SURE = 1.5
"""A line that scores more than this below the best may be about something else: quoted, it leads with no value."""
OUTDATED = 0.5
"""Where the newest state is asked for, an older line is taken only if it scores so much more than the newest."""
BESIDE = 2.0
"""A line is taken along with the one beside it when it is at most so much below the best of all."""
LONGEST = 3
"""Lines in one pick."""
REACH_OF_TURNS, REACH_OF_SENTENCES = 1, 3
"""How many lines after its subject the fact asked for may stand: the next one, or, where the same person (or nobody who
is known) goes on, some more, since the lines of a recording are sentences."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A short run of lines chosen as evidence, and its best line's score and coverage."""

    evidence: Evidence
    score: float
    coverage: float


def pick_lines(ranked: Sequence[RankedLine], plan: Plan) -> list[Pick]:
    """The picks of an answer, given the lines best first. For the latest value the newest comes first, else the oldest;
    facts by score."""
    if not ranked:
        return []
    best = ranked[0].score
    good = [line for line in ranked if line.score >= best - BESIDE]
    picks: list[Pick] = []
    taken: dict[str, int] = {}
    for line in ranked:
        meeting = line.evidence.meeting_id
        count = taken.get(meeting, 0)
        margin = NEAR_TAKEN.get(plan.kind, 1.0) if count else NEAR_TOP.get(plan.kind, 1.0)
        if line.score < best - margin or count >= PER_MEETING.get(plan.kind, 2) or any(_covers(p, line) for p in picks):
            continue
        picks.append(_run(line, good, plan))
        taken[meeting] = count + 1
    if plan.kind is Kind.LATEST:
        picks = _about(picks)
    return _ordered(picks[: MOST.get(plan.kind, 3)], plan)


def narrow(evidence: Evidence, first: int, last: int, score: float) -> Evidence:
    """The lines at positions `first`..`last` of the evidence, both included."""
    return replace(evidence, lines=evidence.lines[first : last + 1], score=score)


def _run(line: RankedLine, good: Sequence[RankedLine], plan: Plan) -> Pick:
    """The line with its good neighbours; a question brings its answer along, a subject the fact asked for."""
    positions = {other.at for other in good if other.evidence is line.evidence}
    first = last = line.at
    while last - first + 1 < LONGEST and last + 1 in positions:
        last += 1
    while last - first + 1 < LONGEST and first - 1 in positions:
        first -= 1
    if asks(line.evidence.lines[last].text) and last + 1 < len(line.evidence.lines):
        last += 1
    if not any(_holds(line.evidence, at, plan) for at in range(first, last + 1)):
        last = _fact_after(line.evidence, last, plan)
    return Pick(narrow(line.evidence, first, last, line.score), line.score, line.coverage)


def _fact_after(evidence: Evidence, last: int, plan: Plan) -> int:
    """The position of the next line in reach that holds the fact asked for, else `last`."""
    reach = range(last + 1, min(last + REACH_OF_SENTENCES, len(evidence.lines) - 1) + 1)
    speaker = evidence.lines[last].speaker
    for at in reach:
        if _holds(evidence, at, plan):
            return at
        if at >= last + REACH_OF_TURNS and evidence.lines[at].speaker != speaker:
            break
    return last


def _holds(evidence: Evidence, at: int, plan: Plan) -> bool:
    return at < len(evidence.lines) and holds_kind(evidence.lines[at].text, evidence.date, plan)


def _about(picks: Sequence[Pick]) -> list[Pick]:
    """Picks, best first, without those newer than the best one that are about something else."""
    best = picks[0]
    return [
        pick
        for pick in picks
        if pick.evidence.date <= best.evidence.date
        or pick.score >= best.score - SURE
        or pick.coverage >= ABOUT * best.coverage
    ]


def _covers(pick: Pick, line: RankedLine) -> bool:
    same = pick.evidence.meeting_id == line.evidence.meeting_id
    return same and pick.evidence.first <= line.line.index <= pick.evidence.last


def _ordered(picks: list[Pick], plan: Plan) -> list[Pick]:
    if plan.kind is Kind.FACT:
        return picks
    latest = plan.kind is Kind.LATEST
    ordered = sorted(
        picks,
        key=lambda pick: (pick.evidence.date, -pick.score if not latest else pick.score, -pick.evidence.first),
        reverse=latest,
    )
    return _current(ordered) if latest else ordered


def _current(picks: list[Pick]) -> list[Pick]:
    """Picks, newest first, without older ones that answer no better than the newest."""
    newest = picks[0].evidence.date
    best = max(pick.score for pick in picks if pick.evidence.date == newest)
    return [pick for pick in picks if pick.evidence.date == newest or pick.score >= best + OUTDATED]
