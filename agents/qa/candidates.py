"""Lines offered to a model by number, and the citations that come of those it used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agents.domain import Citation, Claim
from agents.qa.rank import all_lines
from agents.qa.select import Pick, narrow
from agents.qa.verify import Numbered
from ingestion.text.language import words
from retrieval.domain import Evidence


def picked_lines(picks: Sequence[Pick], budget_words: int) -> list[Numbered]:
    """The lines of the best picks that fit the budget, at least one pick, numbered from 1 in order of time."""
    taken: list[Evidence] = []
    spent = 0
    for pick in sorted(picks, key=lambda pick: -pick.score):
        spent += words(pick.evidence.quote)
        if taken and spent > budget_words:
            break
        taken.append(pick.evidence)
    return every_line(taken)


def every_line(evidence: Sequence[Evidence]) -> list[Numbered]:
    """All lines of the evidence, each once, numbered from 1 in order of time."""
    lines = sorted(all_lines(evidence), key=lambda line: (line.evidence.date, line.key))
    return [
        Numbered(n, narrow(line.evidence, line.at, line.at, line.evidence.score)) for n, line in enumerate(lines, 1)
    ]


def cite(
    claims: Sequence[Claim], sources: Sequence[Numbered], runs: Sequence[Evidence]
) -> tuple[list[Claim], list[Citation]]:
    """The claims renumbered onto citations: 1, 2, ... in order of first use.

    A line inside one of `runs` is cited as that run; other lines that follow one another are cited together.
    """
    used = {n for claim in claims for n in claim.citations}
    groups = _groups([source for source in sources if source.n in used], runs)
    number_of: dict[int, int] = {}
    citations: list[Citation] = []
    renumbered: list[Claim] = []
    for claim in claims:
        for n in claim.citations:
            if n not in number_of:
                evidence, members = groups[n]
                citations.append(Citation(len(citations) + 1, evidence))
                number_of |= dict.fromkeys(members, len(citations))
        numbers = tuple(dict.fromkeys(number_of[n] for n in claim.citations))
        renumbered.append(replace(claim, citations=numbers))
    return renumbered, citations


def as_sources(runs: Iterable[Evidence]) -> list[Numbered]:
    """Whole runs, numbered from 1."""
    return [Numbered(n, run) for n, run in enumerate(runs, 1)]


def _groups(used: Sequence[Numbered], runs: Sequence[Evidence]) -> dict[int, tuple[Evidence, list[int]]]:
    groups: dict[int, tuple[Evidence, list[int]]] = {}
    loose: list[Numbered] = []
    for source in used:
        run = next((run for run in runs if is_inside(source.evidence, run)), None)
        if run is None:
            loose.append(source)
        else:
            members = [other.n for other in used if is_inside(other.evidence, run)]
            groups[source.n] = (run, members)
    for block in _blocks(sorted(loose, key=lambda s: (s.evidence.meeting_id, s.evidence.first))):
        lines = tuple(line for source in block for line in source.evidence.lines)
        evidence = replace(block[0].evidence, lines=lines, score=max(s.evidence.score for s in block))
        groups |= {source.n: (evidence, [s.n for s in block]) for source in block}
    return groups


def _blocks(sources: Sequence[Numbered]) -> list[list[Numbered]]:
    blocks: list[list[Numbered]] = []
    for source in sources:
        last = blocks[-1][-1].evidence if blocks else None
        if last and last.meeting_id == source.evidence.meeting_id and source.evidence.first == last.last + 1:
            blocks[-1].append(source)
        else:
            blocks.append([source])
    return blocks


def is_inside(evidence: Evidence, run: Evidence) -> bool:
    """Whether the lines of `evidence` are among those of `run`."""
    return evidence.meeting_id == run.meeting_id and run.first <= evidence.first and evidence.last <= run.last
