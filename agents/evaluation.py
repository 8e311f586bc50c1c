"""Answers scored against the truth of a series, by strings and times alone: no judge.

A citation is right when it overlaps the truth's evidence: the same meeting's date and, by utterance or by time, the
same words. Times serve recordings, whose utterances are cut otherwise than the truth's. Formats: README of the series.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ingestion.errors import BadInputError

UNANSWERABLE = "unanswerable"
SLACK_SECONDS = 0.5
"""Two stretches overlap when they share more than this, or than half of the shorter one."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A truth line: a meeting's date, the utterance's index, its start and end in seconds."""

    date: str
    utterance: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TruthQuestion:
    """A question of a series with what its answer must and must not hold, and the lines it stands on."""

    id: str
    question: str
    kind: str
    language: str
    must_contain: tuple[str, ...]
    must_not_contain: tuple[str, ...]
    evidence: tuple[tuple[Reference, ...], ...]


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One scored answer. Precision and recall are null where the truth has no evidence."""

    kind: str
    language: str
    contains: bool
    breaks: bool
    overlaps: bool
    precision: float | None
    recall: float | None
    quotes_right: tuple[bool, ...]
    abstained: bool


def read_series(folder: Path) -> list[TruthQuestion]:
    """The questions of a series. Raises BadInputError when its truth cannot be read."""
    try:
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        meetings = {path.name[:10]: _times(path) for path in sorted(folder.glob("????-??-??.truth.json"))}
        return [_question(one, meetings) for one in truth["qa"]]
    except (OSError, ValueError, KeyError) as error:
        raise BadInputError(
            f"{folder.name} is no series with truth: {error!r}", "give a folder with truth.json and <date>.truth.json"
        ) from error


def score_answer(truth: TruthQuestion, answer: Mapping[str, Any], transcripts: Mapping[str, str]) -> ScoredAnswer:
    """Score an answer document. `transcripts` are the stored lines of each meeting by id, joined by line ends."""
    text = _folded(str(answer["answer"]))
    citations = cast("list[dict[str, Any]]", answer["citations"])
    right = [any(_overlaps(c, ref) for refs in truth.evidence for ref in refs) for c in citations]
    found = [any(_overlaps(c, ref) for c in citations for ref in refs) for refs in truth.evidence]
    answered = bool(truth.evidence) and truth.kind != UNANSWERABLE
    return ScoredAnswer(
        kind=truth.kind,
        language=truth.language,
        contains=all(_holds(text, entry) for entry in truth.must_contain),
        breaks=any(_holds(text, entry) for entry in truth.must_not_contain),
        overlaps=any(right),
        precision=_share(right) if answered else None,
        recall=_share(found) if answered else None,
        quotes_right=tuple(str(c["quote"]) in transcripts.get(c["meeting_id"], "") for c in citations),
        abstained=bool(answer["abstained"]),
    )


def summary(scored: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """The document of `huimai eval answers`; beside each share its 95 % Wilson interval, named `<share>_ci`."""
    kinds, languages = _grouped(scored, "kind"), _grouped(scored, "language")
    return {
        **_figures(scored),
        "per_kind": {kind: _figures(group) for kind, group in kinds.items()},
        "per_language": {language: _figures(group) for language, group in languages.items()},
    }


def _figures(scored: Sequence[ScoredAnswer]) -> dict[str, Any]:
    answerable = [one for one in scored if one.kind != UNANSWERABLE]
    unanswerable = [one for one in scored if one.kind == UNANSWERABLE]
    figures: dict[str, Any] = {"n": len(scored)}
    shares = {
        "must_contain": [one.contains for one in answerable],
        "must_not_contain_broken": [one.breaks for one in scored],
        "citations_overlap": [one.overlaps for one in answerable],
        "citation_precision": [one.precision for one in answerable if one.precision is not None],
        "citation_recall": [one.recall for one in answerable if one.recall is not None],
        "quote_fidelity": [right for one in scored for right in one.quotes_right],
        "unanswerable": [one.abstained for one in unanswerable],
        "abstained": [one.abstained for one in answerable],
    }
    for name, values in shares.items():
        figures[name] = round(_share(values), 4) if values else None
        figures[f"{name}_ci"] = _wilson(_share(values), len(values)) if values else None
    return figures


def _grouped(scored: Iterable[ScoredAnswer], attribute: str) -> dict[str, list[ScoredAnswer]]:
    groups: dict[str, list[ScoredAnswer]] = defaultdict(list)
    for one in scored:
        groups[getattr(one, attribute)].append(one)
    return dict(groups)


def _question(one: dict[str, Any], meetings: Mapping[str, list[tuple[float, float]]]) -> TruthQuestion:
    return TruthQuestion(
        id=one["id"],
        question=one["question"],
        kind=one["kind"],
        language=one["language"],
        must_contain=tuple(one["must_contain"]),
        must_not_contain=tuple(one["must_not_contain"]),
        evidence=tuple(
            tuple(Reference(str(ref["date"]), int(i), *meetings[str(ref["date"])][int(i)]) for i in ref["utterances"])
            for ref in one["evidence"]
        ),
    )


def _times(path: Path) -> list[tuple[float, float]]:
    return [(float(u["start"]), float(u["end"])) for u in json.loads(path.read_text("utf-8"))["utterances"]]


def _overlaps(citation: Mapping[str, Any], reference: Reference) -> bool:
    if citation["date"] != reference.date:
        return False
    if citation["start"] is None or citation["end"] is None:
        first, last = citation["utterances"]
        return first <= reference.utterance <= last
    shared = min(citation["end"], reference.end) - max(citation["start"], reference.start)
    shorter = min(citation["end"] - citation["start"], reference.end - reference.start)
    return shared > min(SLACK_SECONDS, shorter / 2)


def _holds(folded: str, entry: str) -> bool:
    return any(_folded(spelling) in folded for spelling in entry.split("|"))


def _folded(text: str) -> str:
    return "".join(text.lower().split())


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _wilson(share: float, n: int) -> list[float]:
    """The 95 % score interval of a share of n (Wilson 1927)."""
    z = 1.96
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return [round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4)]
