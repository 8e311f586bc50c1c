"""Where topics are cut, against meetings that people cut: boundary F1 and Pk, beside an even cut and none.

    python -m benchmarks.topics [--data vcsum_dev] [--limit N]

The truth are the spans of the questions: those of `vcsum_dev` cut each meeting into segments without a gap. Those of
`qmsum_*` overlap and leave gaps; of them only the lines at which they begin are taken, so that what is cut where nobody
asked counts as wrong and only the comparison with the even cut says something.

Pk (Beeferman, Berger & Lafferty 1999): the share of pairs of lines half a mean segment apart for which truth and cut
disagree whether both are of one segment; lower is better. The even cut is told how many segments there are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agents.extract.topics import stretches
from agents.link.meaning import EmbedderMeaning, line_vectors
from benchmarks.data import data_file
from benchmarks.measure import report, throwaway_home
from ingestion.text.language import words
from retrieval.domain import Line
from server.home import Home
from server.services import Services
from server.settings import Settings

REACH = {"vcsum_dev": 1}
"""How many lines off a cut may be, by data; `_REACH` where lines are short."""

_REACH = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """A meeting and the lines at which its segments begin, the first left out."""

    lines: tuple[Line, ...]
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """How many cuts are right, made and wanted, and the Pk of a meeting."""

    right: int
    made: int
    wanted: int
    pk: float


def main() -> None:
    """Cut every meeting of the data and print how well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", default="vcsum_dev", help="name of the meetings and queries")
    parser.add_argument("--limit", type=int, default=None, help="read only so many meetings")
    given = parser.parse_args()
    meetings = list(_meetings(given.data))[: given.limit]
    with throwaway_home() as home:
        os.environ["HUIMAI_HOME"] = str(home)
        place = Home(home)
        place.own()
        services = Services(Settings(), place)
        services.open()
        try:
            meaning = EmbedderMeaning(services.embedder)
            found = [_found(one, meaning) for one in meetings]
        finally:
            services.close()
            place.disown()
    reach = REACH.get(given.data, _REACH)
    report(
        f"topics of {given.data}",
        meetings=len(meetings),
        words=sum(words(line.text) for one in meetings for line in one.lines),
        reach_lines=reach,
        **_figures("", [score(one, cut, reach) for one, cut in zip(meetings, found, strict=True)]),
        **_figures("even_", [score(one, even(one), reach) for one in meetings]),
        **_figures("none_", [score(one, (), reach) for one in meetings]),
    )


def score(truth: Cut, begins: Sequence[int], reach: int) -> Scored:
    """The cuts `begins` held against the truth; each gold cut is found once, by the nearest within `reach` lines."""
    left = set(truth.begins)
    right = 0
    for at in sorted(begins):
        near = min(left, key=lambda gold: abs(gold - at), default=None)
        if near is not None and abs(near - at) <= reach:
            left.remove(near)
            right += 1
    return Scored(right, len(begins), len(truth.begins), pk(truth, begins))


def pk(truth: Cut, begins: Sequence[int]) -> float:
    """Pk of the cuts, 0..1."""
    count = len(truth.lines)
    apart = max(1, round(count / (len(truth.begins) + 1) / 2))
    gold, cut = (np.searchsorted(sorted(one), np.arange(count), side="right") for one in (truth.begins, begins))
    if count <= apart:
        return 0.0
    disagree = (gold[:-apart] == gold[apart:]) != (cut[:-apart] == cut[apart:])
    return float(np.count_nonzero(disagree)) / (count - apart)


def even(truth: Cut) -> tuple[int, ...]:
    """As many segments as the truth has, of as many lines each."""
    count = len(truth.begins) + 1
    return tuple(round(len(truth.lines) * n / count) for n in range(1, count))


def _found(truth: Cut, meaning: EmbedderMeaning) -> tuple[int, ...]:
    found = stretches(truth.lines, line_vectors(truth.lines, meaning).rows)
    return tuple(one.begin for one in found if one.begin)


def _figures(name: str, scored: Sequence[Scored]) -> dict[str, Any]:
    right, made, wanted = (sum(getattr(one, field) for one in scored) for field in ("right", "made", "wanted"))
    return {
        f"{name}f1": round(2 * right / max(1, made + wanted), 3),
        f"{name}precision": round(right / max(1, made), 3),
        f"{name}recall": round(right / max(1, wanted), 3),
        f"{name}cuts": made,
        f"{name}pk": round(float(np.mean([one.pk for one in scored])), 3),
    }


def _meetings(data: str) -> Iterator[Cut]:
    begins: dict[str, set[int]] = {}
    for query in _records(data_file(f"{data}.queries.jsonl.gz")):
        begins.setdefault(query["meeting"], set()).update(first for first, _ in query["spans"])
    for meeting in _records(data_file(f"{data}.meetings.jsonl.gz")):
        said = [u for u in meeting["utterances"] if u["text"].strip()]
        place = {u["i"]: at for at, u in enumerate(said)}
        lines = tuple(Line(at, u["speaker"], u.get("start"), u.get("end"), u["text"]) for at, u in enumerate(said))
        cuts = sorted({place[at] for at in begins.get(meeting["id"], ()) if at in place} - {0})
        if cuts:
            yield Cut(lines, tuple(cuts))


def _records(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


if __name__ == "__main__":
    main()
