"""Fit the learned opinion of `agents.extract.learned` and tell how good it is on meetings that it was not fitted on.

    python -m benchmarks.fit_items --series DIR ... --meetings F --ledger F

For brief meetings it is fitted on the series and on `item_lines`, for long ones on the meetings and their ledger. The
figures are cross-validated: each series scored with weights of the others, each half of the ledger's projects with
those of the other half. Then the weights that are shipped are fitted on everything and written.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from agents.evaluation.ledger_records import read_ledger
from agents.evaluation.ledger_scoring import NEAR_LINES, score_meeting
from agents.evaluation.ledger_series import read_ledger_series
from agents.extract.learned import FOLDER, KindWeights, Opinion, Weights, likely
from agents.extract.merging import merge
from agents.ledger.domain import ItemKind
from benchmarks.item_data import Labelled, Rows, Vectors, labelled
from benchmarks.item_lines import read_item_lines
from server.catalogue import open_models
from server.services import open_configured_embedder
from server.settings import Settings

_VECTOR, _ABOUT = 0.408, 0.5
"""How far a column is stretched before all are held small alike: signs of words by 1, the vector's and those of size,
place and turn by less. Chosen by leaving out one series after another."""

_SILENCED = 0.5
"""Share of the cues of a line that are taken away in its second copy, brief meetings only. Cues were written in view of
some of these meetings; in others fewer of them speak, and what is learned has to do without."""

_KEPT = 0.25
"""Share of a long meeting's lines without an item that are fitted on, each counting for several."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the weights of brief or long meetings are fitted and used: `small` is the L2 penalty."""

    small: float
    silenced: float
    kept: float
    apart: Mapping[ItemKind, int]
    least: Mapping[ItemKind, float]


# an item that is found is worth its while from half the F1 on that can be had (Lipton et al. 2014, "Optimal
# Thresholding of Classifiers to Maximize F1 Measure")
BRIEF = Plan(
    small=0.1,
    silenced=_SILENCED,
    kept=1.0,
    apart={},
    least={
        ItemKind.DECISION: 0.3,
        ItemKind.COMMITMENT: 0.35,
        ItemKind.QUESTION: 0.2,
        ItemKind.RISK: 0.2,
        ItemKind.METRIC: 0.25,
    },
)
LONG = Plan(
    small=0.003,
    silenced=0.0,
    kept=_KEPT,
    apart={ItemKind.DECISION: 10, ItemKind.COMMITMENT: 3},
    least={ItemKind.DECISION: 0.1, ItemKind.COMMITMENT: 0.15},
)
_SURE_NONE = 0.05
_SEED = 7


def fit(data: Sequence[Labelled], kind: ItemKind, plan: Plan) -> KindWeights:
    """The weights of a kind: logistic regression with an L2 penalty on columns of the same spread (L-BFGS)."""
    chance = np.random.default_rng(_SEED)
    tables: list[Rows] = []
    states: list[Rows] = []
    counts: list[Rows] = []
    for one in data:
        said, counted = one.labels(kind)
        kept = (said > 0) | (chance.random(len(said)) < plan.kept)
        tables.append(np.hstack([one.vectors, one.signs])[kept])
        states.append(said[kept])
        counts.append(np.where(said > 0, 1, counted / plan.kept).astype(np.float32)[kept])
    table, said, counted = np.vstack(tables), np.concatenate(states), np.concatenate(counts)
    names, dimensions = data[0].names, data[0].vectors.shape[1]
    mean, spread = table.mean(axis=0), table.std(axis=0)
    scale = (_stretch(names, dimensions) / np.where(spread < 1e-3, 1, spread)).astype(np.float32)
    if plan.silenced:
        cues = dimensions + np.flatnonzero([name.startswith("cue.") for name in names])
        second = table.copy()
        second[:, cues] *= chance.random((len(table), len(cues))) >= plan.silenced
        table, said, counted = np.vstack([table, second]), np.tile(said, 2), np.tile(counted, 2)
    found = _logistic((table - mean) * scale, said, counted, plan.small)
    slopes = found[:-1] * scale
    return KindWeights(
        least=plan.least[kind],
        sure_none=_SURE_NONE,
        apart=plan.apart.get(kind, 0),
        bias=_short(found[-1] - slopes @ mean),
        signs={name: _short(slope) for name, slope in zip(names, slopes[dimensions:], strict=True)},
        vector=tuple(_short(slope) for slope in slopes[:dimensions]),
    )


def _stretch(names: Sequence[str], dimensions: int) -> Rows:
    about = [1.0 if "." in name and not name.startswith("asks") else _ABOUT for name in names]
    return np.array([_VECTOR] * dimensions + about, np.float32)


def _logistic(table: Rows, states: Rows, counts: Rows, small: float) -> NDArray[np.float64]:
    """Slopes and, last, the bias, with the least mean loss plus `small` / 2 x the squared slopes."""
    share = counts / counts.sum()

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes = at[:-1].astype(np.float32)
        odds = table @ slopes + np.float32(at[-1])
        off = share * (1 / (1 + np.exp(-odds)) - states)
        value = float((share * (np.logaddexp(0, odds) - states * odds)).sum() + small * (slopes @ slopes) / 2)
        return value, np.append(table.T @ off + small * slopes, off.sum()).astype(np.float64)

    start = np.zeros(table.shape[1] + 1)
    found = cast(Any, optimize).minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return found.x


def _short(value: float) -> float:
    return float(f"{value:.4g}")


Tally = NDArray[np.int64]
"""Right items, those found that are right or wrong, and gold ones."""


def tally(data: Sequence[Labelled], weights: Mapping[ItemKind, KindWeights]) -> dict[ItemKind, Tally]:
    """What is right in the meetings by kind; without weights, of the rules alone."""
    sums: dict[ItemKind, Tally] = {}
    for one in data:
        opinions = {kind: Opinion(_likely(one, weight), weight) for kind, weight in weights.items()}
        scored = score_meeting(one.meeting, merge(one.lines, one.meeting.day, one.drafts, opinions), one.reach)
        for kind in one.meeting.kinds:
            sums[kind] = sums.get(kind, np.zeros(3, np.int64)) + np.array(scored.counts(frozenset({kind})))
    return sums


def _likely(one: Labelled, weights: KindWeights) -> NDArray[np.float64]:
    return likely([dict(zip(one.names, row.tolist(), strict=True)) for row in one.signs], one.vectors, weights)


def fit_all(data: Sequence[Labelled], plan: Plan) -> dict[ItemKind, KindWeights]:
    """The weights of every kind of the plan."""
    return {kind: fit(data, kind, plan) for kind in plan.least}


def cross_validated(data: Sequence[Labelled], plan: Plan, told: Callable[[str], None]) -> dict[ItemKind, Tally]:
    """What is right when each group is scored with weights of the others; `told` is given the figures of each group."""
    sums: dict[ItemKind, Tally] = {}
    for group in dict.fromkeys(one.group for one in data):
        inside = [one for one in data if one.group == group]
        found = tally(inside, fit_all([one for one in data if one.group != group], plan))
        told(f"  {group}: rules {figures(tally(inside, {}))}; with weights of the others {figures(found)}")
        for kind, counts in found.items():
            sums[kind] = sums.get(kind, np.zeros(3, np.int64)) + counts
    return sums


def figures(sums: Mapping[ItemKind, Tally]) -> str:
    """F1 of each kind with right, found and gold items, and of all kinds together."""
    every = [*((kind.value, sums[kind]) for kind in sorted(sums)), ("all", np.sum(list(sums.values()), axis=0))]
    return ", ".join(
        f"{name} {2 * right / max(1, found + gold):.3f} ({right}/{found}/{gold})"
        for name, (right, found, gold) in every
    )


def main() -> None:
    """Read the data, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--series", type=Path, action="append", required=True, help="a series with its truth")
    parser.add_argument("--meetings", type=Path, required=True, help="long meetings, JSON Lines")
    parser.add_argument("--ledger", type=Path, required=True, help="their decisions and actions, JSON Lines")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "huimai-fit-items")
    parser.add_argument("--out", type=Path, default=FOLDER)
    given = parser.parse_args()
    settings = Settings()
    embedder = open_configured_embedder(settings, open_models(settings))
    vectors = Vectors(embedder, given.cache)
    series = [read_ledger_series(folder) for folder in given.series]
    brief = labelled([(one, each.name) for each in series for one in each.meetings], 0, vectors)
    brief += labelled([(one, f"item_lines/{n % 4}") for n, one in enumerate(read_item_lines())], 0, vectors)
    meetings, _ = read_ledger(given.meetings, given.ledger)
    halves = {project: f"half {n % 2}" for n, project in enumerate(sorted({_project(one.name) for one in meetings}))}
    long = labelled([(one, halves[_project(one.name)]) for one in meetings], NEAR_LINES, vectors)
    for name, data, plan in (("brief", brief, BRIEF), ("long", long, LONG)):
        _say(f"{name}: {sum(len(one.lines) for one in data)} lines of {len(data)} meetings")
        _say(f"  cross-validated {figures(cross_validated(data, plan, _say))}")
    weights = Weights(
        model=embedder.model_id,
        command="python -m benchmarks.fit_items",
        fitted_on=(*(each.name for each in series), "item_lines", given.meetings.name),
        brief=fit_all(brief, BRIEF),
        long=fit_all(long, LONG),
    )
    for name, data, kinds in (("brief", brief, weights.brief), ("long", long, weights.long)):
        _say(f"{name}: in-sample {figures(tally(data, kinds))}")
    given.out.mkdir(parents=True, exist_ok=True)
    document = json.dumps(weights.model_dump(mode="json"), ensure_ascii=False)
    (given.out / f"{embedder.model_id}.json").write_text(document + "\n", encoding="utf-8")


def _project(name: str) -> str:
    """The meetings of a project are told apart by their last letter."""
    return name[:-1]


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
