"""Answers scored against the truth of a series, by strings and times.

A citation is right when it overlaps the truth's evidence: the same meeting's date and, by utterance or by time, the
same words. Times serve recordings, whose utterances are cut otherwise than the truth's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Literal, cast

import numpy as np

from agents.evaluation.records import UNANSWERABLE, Reference, TruthQuestion
from agents.evaluation.superseded import stated_as_current
from ingestion.evaluation.intervals import Grouped, figures

SLACK_SECONDS = 0.5
"""Two stretches overlap when they share more than this, or than half of the shorter one."""


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One scored answer.

    Precision and recall are null where the truth has no evidence, `stale` (an old value is stated as current) where it
    has no old value. `took_ms` and the tokens are what the answer took; `with_model` whether a chat model wrote in it.
    """

    series: str
    kind: str
    language: str
    group: str
    contains: bool
    breaks: bool
    stale: bool | None
    overlaps: bool
    precision: float | None
    recall: float | None
    quotes_right: tuple[bool, ...]
    abstained: bool
    took_ms: float
    prompt_tokens: int
    completion_tokens: int
    with_model: bool

    @property
    def answerable(self) -> bool:
        """Whether the meetings answer the question."""
        return self.kind != UNANSWERABLE


def score_answer(truth: TruthQuestion, answer: Mapping[str, Any], transcripts: Mapping[str, str]) -> ScoredAnswer:
    """Score an answer document. `transcripts` are the stored lines of each meeting by id, joined by line ends."""
    text = _folded(str(answer["answer"]))
    citations = cast("list[dict[str, Any]]", answer["citations"])
    right = [any(_overlaps(c, ref) for refs in truth.evidence for ref in refs) for c in citations]
    found = [any(_overlaps(c, ref) for c in citations for ref in refs) for refs in truth.evidence]
    answered = bool(truth.evidence) and truth.kind != UNANSWERABLE
    return ScoredAnswer(
        series=truth.series,
        kind=truth.kind,
        language=truth.language,
        group=truth.group,
        contains=all(_holds(text, entry) for entry in truth.must_contain),
        breaks=any(_holds(text, entry) for entry in truth.must_not_contain),
        stale=stated_as_current(_lead(answer), truth.superseded, truth.current_date) if truth.superseded else None,
        overlaps=any(right),
        precision=_share(right) if answered else None,
        recall=_share(found) if answered else None,
        quotes_right=tuple(str(c["quote"]) in transcripts.get(c["meeting_id"], "") for c in citations),
        abstained=bool(answer["abstained"]),
        took_ms=float(answer["took_ms"]),
        prompt_tokens=int(answer["usage"]["prompt_tokens"]),
        completion_tokens=int(answer["usage"]["completion_tokens"]),
        with_model=answer["model"] is not None,
    )


def summary(scored: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """The figures of `huimai eval answers`, of all answers, of each series, kind and language.

    Beside each share stands its 95 % bootstrap interval, named `<share>_ci`; a share of nothing is null.
    """
    return {
        **_figures(scored),
        "latency": _latency(scored),
        "per_series": _split(scored, "series"),
        "per_kind": _split(scored, "kind"),
        "per_language": _split(scored, "language"),
    }


def _split(scored: Sequence[ScoredAnswer], attribute: Literal["series", "kind", "language"]) -> dict[str, Any]:
    groups: dict[str, list[ScoredAnswer]] = defaultdict(list)
    for one in scored:
        groups[getattr(one, attribute)].append(one)
    return {name: _figures(group) for name, group in groups.items()}


def _figures(scored: Sequence[ScoredAnswer]) -> dict[str, Any]:
    answerable = [one for one in scored if one.answerable]
    values: dict[str, list[tuple[ScoredAnswer, float | None]]] = {
        "must_contain": [(one, one.contains) for one in answerable],
        "must_not_contain_broken": [(one, one.breaks) for one in scored],
        "superseded_as_current": [(one, one.stale) for one in scored],
        "citations_overlap": [(one, one.overlaps) for one in answerable],
        "citation_precision": [(one, one.precision) for one in answerable],
        "citation_recall": [(one, one.recall) for one in answerable],
        "quote_fidelity": [(one, right) for one in scored for right in one.quotes_right],
        "unanswerable": [(one, one.abstained) for one in scored if not one.answerable],
        "abstained": [(one, one.abstained) for one in answerable],
    }
    known = {name: [Grouped(one.group, float(v)) for one, v in of if v is not None] for name, of in values.items()}
    return {"n": len(scored), **figures(known)}


def _latency(scored: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """What answers took: milliseconds; the most and the mean of the tokens of those that asked a chat model."""
    times = [one.took_ms for one in scored]
    worded = [one for one in scored if one.prompt_tokens]
    return {
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "prompt_tokens_max": max((one.prompt_tokens for one in worded), default=0),
        "prompt_tokens_mean": round(_share([one.prompt_tokens for one in worded]), 1),
        "completion_tokens_max": max((one.completion_tokens for one in worded), default=0),
        "completion_tokens_mean": round(_share([one.completion_tokens for one in worded]), 1),
        "answers_with_model": sum(one.with_model for one in scored),
    }


def _lead(answer: Mapping[str, Any]) -> list[str]:
    """The lines that an answer itself states, as `agents.qa.wording` lays it out: before the list of quotes."""
    if answer["abstained"]:
        return []
    paragraph = str(answer["answer"]).partition("\n\n")[0].splitlines()
    return [line.replace("\\", "") for line in takewhile(lambda line: not line.startswith("- "), paragraph)]


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
    return any(_folded(spelling) in folded for spelling in entry.split("|") if spelling.strip())


def _folded(text: str) -> str:
    return "".join(text.lower().split())


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
