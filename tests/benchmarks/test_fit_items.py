"""Fitting the learned opinion, on the labelled lines and with a hashing embedder."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.ledger.domain import MATTERS, ItemKind
from benchmarks.fit_items import BRIEF, cross_validated, fit, fit_all, tally
from benchmarks.item_data import Labelled, Vectors, labelled
from benchmarks.item_lines import read_item_lines
from tests.doubles import HashEmbedder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[Labelled]:
    meetings = [(one, str(n % 2)) for n, one in enumerate(read_item_lines())]
    return labelled(meetings, 0, Vectors(HashEmbedder(), tmp_path_factory.mktemp("vectors")))


def test_every_language_has_meetings_with_lines_of_every_kind_and_of_none() -> None:
    for language in ("zh", "en"):
        meetings = [one for one in read_item_lines() if one.language == language]
        assert {item.kind for one in meetings for item in one.gold} == set(MATTERS)
        labelled_lines = sum(len({line for item in one.gold for line in item.lines}) for one in meetings)
        assert labelled_lines < sum(len(one.lines) for one in meetings)


def test_labels_tell_statements_and_what_does_not_count(data: list[Labelled]) -> None:
    states, counts = data[0].labels(ItemKind.DECISION)
    assert states.sum() == sum(item.kind is ItemKind.DECISION and item.stated for item in data[0].meeting.gold)
    assert (counts == 0).sum() == sum(
        item.kind is ItemKind.DECISION and not item.stated for item in data[0].meeting.gold
    )


def test_what_was_fitted_finds_more_than_the_rules_and_is_the_same_each_time(data: list[Labelled]) -> None:
    weights = fit_all(data, BRIEF)
    right, found, gold = tally(data, weights)[ItemKind.DECISION]
    before, had, _ = tally(data, {})[ItemKind.DECISION]
    assert right / (found + gold) > before / (had + gold)
    assert fit(data, ItemKind.RISK, BRIEF) == weights[ItemKind.RISK]


def test_a_group_is_scored_with_weights_of_the_others(data: list[Labelled]) -> None:
    told: list[str] = []
    sums = cross_validated(data, BRIEF, told.append)
    assert [line.split(":")[0].strip() for line in told] == ["0", "1"]
    in_sample = tally(data, fit_all(data, BRIEF))
    assert sums[ItemKind.DECISION][2] == in_sample[ItemKind.DECISION][2]
    assert sums[ItemKind.DECISION][0] < in_sample[ItemKind.DECISION][0]


def test_vectors_are_kept_for_the_next_run(tmp_path: Path) -> None:
    Vectors(HashEmbedder(), tmp_path).hold(["one", "two"])
    embedder = HashEmbedder()
    again = Vectors(embedder, tmp_path)
    embedder.embed_passages = lambda _texts: pytest.fail("embedded again")
    again.hold(["two", "one"])
    assert again.of(["two"]).shape == (1, embedder.dimensions)
