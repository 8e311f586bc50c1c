"""The parts of `benchmarks.quality`: each runs evaluations of the product on public data and returns their figures.

Every part runs in processes of its own, through the same commands that a user has.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import data_file
from benchmarks.measure import huimai, throwaway_home
from ingestion.evaluation.intervals import Grouped, figures

Result = dict[str, Any]

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Part:
    """`minutes` is about what it takes on two cores; it only serves the estimate of the time left."""

    run: Callable[[], Result]
    minutes: float


def _retrieval(data: str, scope: str) -> Callable[[], Result]:
    def run() -> Result:
        with throwaway_home() as home:
            meetings, queries = (str(data_file(f"{data}.{what}.jsonl.gz")) for what in ("meetings", "queries"))
            return _eval_retrieval(home, meetings, queries, "--scope", scope)

    return run


def _eval_retrieval(home: Path, meetings: str | Path, queries: str | Path, *options: str) -> Result:
    return huimai(home, "eval", "retrieval", "--meetings", str(meetings), "--queries", str(queries), *options)


def _series() -> list[Path]:
    """Every series of the data; a sample of the same name in its place, which has the terms that a team would enter."""
    folders = sorted(path.parent for path in data_file("series").glob("*/truth.json"))
    return [SAMPLES / folder.name if (SAMPLES / folder.name).is_dir() else folder for folder in folders]


def _own_series() -> list[Path]:
    """The harder series of this folder, which have transcripts alone."""
    return sorted(path.parent for path in (HERE / "series").glob("*/truth.json"))


def _series_options(folders: Sequence[Path]) -> list[str]:
    return [option for folder in folders for option in ("--series", str(folder))]


def _answers(source: str, series: Callable[[], list[Path]] = _series) -> Callable[[], Result]:
    def run() -> Result:
        with throwaway_home() as home:
            details = home / "answers.jsonl"
            options = _series_options(series())
            document = huimai(home, "eval", "answers", *options, "--from", source, "--details", str(details))
            asked = _rows(details)
        seconds = [row["took_ms"] / 1000 for row in asked]
        contained = {f"{row['series']}/{row['id']}": row["contains"] for row in asked if row["kind"] != "unanswerable"}
        return {**document, "seconds_max": round(max(seconds), 1), "contained": contained}

    return run


def _transcripts() -> Result:
    with throwaway_home() as home:
        return {
            "series": huimai(home, "eval", "transcripts", *_series_options(_series())),
            "clips": huimai(home, "eval", "transcripts", "--audio", str(data_file("audio"))),
        }


def _module(name: str, *options: str) -> Callable[[], Result]:
    """A benchmark of this folder that prints one document."""

    def run() -> Result:
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    return run


def _peers(data: str) -> Callable[[], Result]:
    def run() -> Result:
        meetings, queries = (str(data_file(f"{data}.{what}.jsonl.gz")) for what in ("meetings", "queries"))
        return _module("peers", "--meetings", meetings, "--queries", queries, "--json")()

    return run


def _parallel_series() -> Result:
    """The truth questions' evidence, for each language of the series, and Chinese less English."""
    found: Result = {}
    with throwaway_home() as home:
        for language in LANGUAGES:
            meetings, queries = home / f"{language}.meetings.jsonl", home / f"{language}.queries.jsonl"
            write_series(_series(), language, meetings, queries)
            document = _eval_retrieval(home, meetings, queries)
            found[language] = document
    less: Result = {}
    for name in ("hit@1", "hit@5"):
        zh, en = ((found[language][name], *found[language][f"{name}_ci"]) for language in LANGUAGES)
        less |= {name: round(zh[0] - en[0], 4), f"{name}_ci": difference_interval(zh, en)}
    return {**found, "zh_less_en": less}


def write_series(folders: Sequence[Path], language: str, meetings: Path, queries: Path) -> None:
    """The series of a language as files of `huimai eval retrieval`; questions that cannot be answered are left out."""
    stored: list[Result] = []
    asked: list[Result] = []
    for folder in folders:
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        if truth["language"] != language:
            continue
        project = truth["project"]
        for path in sorted(folder.glob("????-??-??.truth.json")):
            meeting = json.loads(path.read_text("utf-8"))
            stored.append({**meeting, "id": _meeting_id(folder, meeting["date"]), "project": project})
        for one in truth["qa"]:
            evidence = [
                {"meeting": _meeting_id(folder, reference["date"]), "utterance": index}
                for reference in one["evidence"]
                for index in reference["utterances"]
            ]
            if one["kind"] != "unanswerable":
                fields = {"query": one["question"], "language": language, "kind": one["kind"]}
                asked.append({"id": one["id"], "project": project, "evidence": evidence, **fields})
    for path, rows in ((meetings, stored), (queries, asked)):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _meeting_id(folder: Path, date: str) -> str:
    return f"{folder.name}-{date}"


def _parallel_text() -> Result:
    """The parallel meetings, asked in either language about either; differences are paired by question."""
    ranks: dict[str, dict[str, int | None]] = {}
    with throwaway_home() as home:
        for asked in LANGUAGES:
            for said in LANGUAGES:
                details = home / "details.jsonl"
                folder = HERE / "parallel"
                files = folder / f"meetings.{said}.jsonl", folder / f"queries.{asked}.jsonl"
                _eval_retrieval(home, *files, "--details", str(details))
                ranks[f"{asked}_{said}"] = {row["id"]: row["rank"] for row in _rows(details)}
    found: Result = {direction: figures(_grouped(_values(of))) for direction, of in ranks.items()}
    zh, en = _values(ranks["zh_zh"]), _values(ranks["en_en"])
    less = {name: {id: zh[name][id] - en[name][id] for id in zh[name]} for name in zh}
    return {**found, "zh_less_en": figures(_grouped(less))}


def _values(ranks: Mapping[str, int | None]) -> dict[str, dict[str, float]]:
    """Each figure's value for each question, from the rank of its first hit."""
    return {
        "hit@1": {id: float(rank == 1) for id, rank in ranks.items()},
        "hit@3": {id: float(rank is not None and rank <= 3) for id, rank in ranks.items()},
        "mrr": {id: 1 / rank if rank else 0.0 for id, rank in ranks.items()},
    }


def _grouped(values: Mapping[str, Mapping[str, float]]) -> dict[str, list[Grouped]]:
    """By the meeting, which is the first part of a question's id."""
    return {name: [Grouped(id.rpartition("-")[0], v) for id, v in of.items()] for name, of in values.items()}


def difference_interval(one: tuple[float, float, float], other: tuple[float, float, float]) -> list[float]:
    """The 95 % limits of the difference of two independent figures, each given as (value, low, high).

    From the limits of each, by square and add (Newcombe 1998, Statistics in Medicine 17, method 10).
    """
    (p, p_low, p_high), (q, q_low, q_high) = one, other
    low = p - q - math.hypot(p - p_low, q_high - q)
    high = p - q + math.hypot(p_high - p, q - q_low)
    return [round(low, 4), round(high, 4)]


def _rows(path: Path) -> list[Result]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


PARTS: Mapping[str, Part] = {
    "qmsum_all": Part(_retrieval("qmsum_val", "all"), 4),
    "qmsum_project": Part(_retrieval("qmsum_val", "project"), 4),
    "vcsum": Part(_retrieval("vcsum_dev", "all"), 2),
    "locomo_project": Part(_retrieval("locomo", "project"), 2),
    "locomo_all": Part(_retrieval("locomo", "all"), 2),
    "parallel_series": Part(_parallel_series, 0.5),
    "parallel_text": Part(_parallel_text, 0.5),
    "answers": Part(_answers("transcript"), 5),
    "answers_harder": Part(_answers("transcript", _own_series), 18),
    "answers_audio": Part(_answers("audio"), 7),
    "transcripts": Part(_transcripts, 3),
    "evidence": Part(_module("ask"), 1),
    "scale": Part(_module("scale"), 12),
    "peers_en": Part(_peers("qmsum_val"), 7),
    "peers_zh": Part(_peers("vcsum_dev"), 3),
}
