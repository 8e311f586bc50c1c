"""What `benchmarks.quality` shows: figures beside their goals and aims, and whether they are met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingestion.evaluation.intervals import Grouped, figures

Results = Mapping[str, Mapping[str, Any]]
"""By the name of the part."""
Value = tuple[float, Sequence[float] | None]
"""A figure with its 95 % limits, if it has any."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table. With `at_most` the goal and the aim are upper limits, else lower ones."""

    label: str
    value: Callable[[Results], Value | None]
    goal: float | None = None
    aim: float | None = None
    at_most: bool = False

    def line(self, results: Results) -> dict[str, Any]:
        """The figure as JSON: `met` is "aim", "goal" or "missed", null where there is nothing to compare."""
        try:
            found = self.value(results)
        except KeyError:  # its part was not run
            found = None
        value, limits = found or (None, None)
        words = {"figure": self.label, "goal": self.goal, "aim": self.aim, "at_most": self.at_most}
        return {**words, "value": value, "ci": limits and [*limits], "met": self._met(value)}

    def _met(self, value: float | None) -> str | None:
        if value is None or self.goal is None:
            return None
        if self.aim is not None and self._reaches(value, self.aim):
            return "aim"
        return "goal" if self._reaches(value, self.goal) else "missed"

    def _reaches(self, value: float, mark: float) -> bool:
        return value <= mark if self.at_most else value >= mark


def at(part: str, *path: str) -> Callable[[Results], Value | None]:
    """The figure at a path of a part's result, with the interval that stands beside it as `<name>_ci`."""

    def value(results: Results) -> Value | None:
        block: Any = results[part]
        for key in path[:-1]:
            block = block[key]
        found = block[path[-1]]
        return None if found is None else (found, block.get(f"{path[-1]}_ci"))

    return value


def table(lines: Sequence[Mapping[str, Any]]) -> str:
    """Lines of `Figure.line` as Markdown."""
    rows = ["| figure | goal | aim | measured | 95 % | met |", "|---|---|---|---|---|---|"]
    for line in lines:
        sign = "≤" if line["at_most"] else "≥"
        marks = (f"{sign} {mark:g}" if mark is not None else "" for mark in (line["goal"], line["aim"]))
        measured = "not measured" if line["value"] is None else f"{line['value']:g}"
        limits = f"[{line['ci'][0]:.3f}, {line['ci'][1]:.3f}]" if line["ci"] else ""
        rows.append(f"| {line['figure']} | {' | '.join(marks)} | {measured} | {limits} | {line['met'] or ''} |")
    return "\n".join(rows)


def _lost_in_hearing(results: Results) -> Value:
    """must_contain from transcripts less that from recordings, question by question."""
    read, heard = results["answers"]["contained"], results["answers_audio"]["contained"]
    pairs = [Grouped(id, float(read[id]) - float(heard[id])) for id in read.keys() & heard.keys()]
    block = figures({"loss": sorted(pairs, key=lambda one: one.group)})
    return block["loss"], block["loss_ci"]


def _largest(results: Results) -> Value:
    """p95 at the largest size."""
    return results["scale"]["sizes"][-1]["p95_ms"], None


def _retrieval_figures() -> list[Figure]:
    def span(part: str) -> Callable[[Results], Value | None]:
        return at(part, "span_recall@budget")

    multi_hop = ("per_kind", "multi-hop", "evidence_recall@10")
    return [
        Figure("QMSum val, all meetings: hit@5", at("qmsum_all", "hit@5"), 0.60, 0.66),
        Figure("QMSum val, all meetings: span recall in 2,000 words", span("qmsum_all"), 0.48, 0.55),
        Figure("QMSum val, within the project: hit@5", at("qmsum_project", "hit@5"), 0.78, 0.84),
        Figure("QMSum val, within the project: span recall in 2,000 words", span("qmsum_project"), 0.60, 0.66),
        Figure("VCSum dev, headlines: hit@5", at("vcsum", "per_kind", "headline", "hit@5"), 0.90, 0.93),
        Figure("LoCoMo 1–4, within the project: evidence recall@10",
               at("locomo_project", "evidence_recall@10"), 0.75),
        Figure("LoCoMo multi-hop, within the project: evidence recall@10", at("locomo_project", *multi_hop)),
        Figure("LoCoMo 1–4, all conversations: evidence recall@10", at("locomo_all", "evidence_recall@10")),
        Figure("LoCoMo multi-hop, all conversations: evidence recall@10", at("locomo_all", *multi_hop)),
    ]  # fmt: skip


def _language_figures() -> list[Figure]:
    series = "parallel series, evidence of the truth questions"
    directions = {"zh_zh": "zh → zh", "en_en": "en → en", "zh_en": "zh → en", "en_zh": "en → zh"}
    return [
        Figure(f"{series}, hit@5: zh less en", at("parallel_series", "zh_less_en", "hit@5"), -0.03),
        Figure(f"{series}, hit@1: zh less en", at("parallel_series", "zh_less_en", "hit@1")),
        *(
            Figure(f"{series}, {name}: {language}", at("parallel_series", language, name))
            for name in ("hit@5", "hit@1")
            for language in ("zh", "en")
        ),
        *(
            Figure(f"parallel meetings, {name}: zh less en", at("parallel_text", "zh_less_en", name), goal)
            for name, goal in (("hit@1", -0.03), ("hit@3", -0.03), ("mrr", None))
        ),
        *(
            Figure(f"parallel meetings, {label} (question → meeting): {name}", at("parallel_text", direction, name))
            for direction, label in directions.items()
            for name in ("hit@1", "hit@3", "mrr")
        ),
    ]


def _answer_figures() -> list[Figure]:
    def pair(part: str, text: str) -> list[Figure]:
        return [
            Figure(f"{text}, {language}: must_contain", at(part, "per_language", language, "must_contain"))
            for language in ("zh", "en")
        ]

    read, heard, harder = "answers from transcripts", "answers from recordings", "answers, harder series"
    return [
        Figure(f"{read}: must_contain", at("answers", "must_contain"), 0.65, 0.80),
        *pair("answers", read),
        Figure(f"{read}: must_not_contain broken", at("answers", "must_not_contain_broken"), 0, at_most=True),
        Figure(f"{read}: old values told as current", at("answers", "superseded_as_current")),
        Figure(f"{read}: citation precision", at("answers", "citation_precision"), 0.75, 0.85),
        Figure(f"{read}: citation recall", at("answers", "citation_recall")),
        Figure(f"{read}: quote fidelity", at("answers", "quote_fidelity"), 1.0),
        Figure(f"{read}: unanswerable refused", at("answers", "unanswerable"), 0.5, 1.0),
        Figure(f"{read}: answerable refused, the most that refusing can cost must_contain",
               at("answers", "abstained"), 0.05, at_most=True),
        Figure(f"{read}: p50, ms", at("answers", "latency", "p50_ms")),
        Figure(f"{read}: slowest, s", at("answers", "seconds_max"), 15, at_most=True),
        Figure(f"{read}: longest prompt, tokens", at("answers", "latency", "prompt_tokens_max"), 1200, at_most=True),
        Figure(f"{harder}: must_contain", at("answers_harder", "must_contain")),
        *pair("answers_harder", harder),
        Figure(f"{harder}: must_not_contain broken", at("answers_harder", "must_not_contain_broken")),
        Figure(f"{harder}: citation precision", at("answers_harder", "citation_precision")),
        Figure(f"{harder}: citation recall", at("answers_harder", "citation_recall")),
        Figure(f"{harder}: unanswerable refused", at("answers_harder", "unanswerable")),
        Figure(f"{harder}: answerable refused", at("answers_harder", "abstained")),
        Figure("evidence on the screen, p95, s", at("evidence", "evidence_p95_s"), 1, at_most=True),
        Figure("evidence of a server's first question, s", at("evidence", "first_question_cold_s"), 1, at_most=True),
        Figure(f"{heard}: must_contain", at("answers_audio", "must_contain")),
        *pair("answers_audio", heard),
        Figure("must_contain lost in hearing", _lost_in_hearing),
        Figure(f"{heard}: citation precision", at("answers_audio", "citation_precision")),
        Figure(f"{heard}: unanswerable refused", at("answers_audio", "unanswerable")),
        Figure("series as heard: cer (zh)", at("transcripts", "series", "cer")),
        Figure("series as heard: wer (en)", at("transcripts", "series", "wer")),
        Figure("series as heard: terms right after cleaning", at("transcripts", "series", "terms_right")),
        Figure("series as heard: terms right before cleaning", at("transcripts", "series", "terms_raw")),
        Figure("clips as heard: cer (zh)", at("transcripts", "clips", "cer")),
        Figure("clips as heard: wer (en)", at("transcripts", "clips", "wer")),
    ]  # fmt: skip


def _cost_figures() -> list[Figure]:
    return [
        Figure("search of 150,000 chunks with the question's embedding: p95, ms", _largest, 60, at_most=True),
        Figure("growth of p95 with the chunks: exponent", at("scale", "growth_exponent"), 0.99, at_most=True),
        Figure(
            "growth of the search without the embedding: exponent",
            at("scale", "growth_exponent_without_embedding"),
        ),
    ]


def _peer_figures() -> list[Figure]:
    return [
        Figure(f"{data}: {name} more than {peer}", at(part, "systems", key, "huimai_minus", name))
        for part, data in (("peers_en", "QMSum val"), ("peers_zh", "VCSum dev"))
        for key, peer in (("plain", "the plain recipe"), ("langchain", "LangChain's ensemble"))
        for name in ("hit@5", "hit@1000w", "span_recall@budget")
    ]


FIGURES: Sequence[Figure] = (
    *_retrieval_figures(), *_language_figures(), *_answer_figures(), *_cost_figures(), *_peer_figures(),
)  # fmt: skip
