from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.peer_systems import (
    CHARACTERS,
    LangChainEnsemble,
    Place,
    PlainRecipe,
    Transcript,
    WordsOnly,
    character_chunks,
)
from benchmarks.peers import FIGURES, OURS, Asked, markdown, within
from retrieval.evaluation.records import Gold, Question
from retrieval.evaluation.scoring import Scored

WORDS = ("budget", "invoice", "holiday", "server")
PLACES = [Place(f"m{at}", f"p{at % 2}", at, at, f"Ann: about the {word}") for at, word in enumerate(WORDS)]


class WordEmbedder:
    """A vector has a dimension for each of WORDS."""

    model_id = "words"
    dimensions = len(WORDS)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return np.array([1.0 if word in text else 0.01 for word in WORDS], np.float32)

    def prepare(self) -> None:
        pass

    def unload(self) -> None:
        pass


def test_a_piece_of_text_is_mapped_to_the_utterances_that_it_touches() -> None:
    lines = [(3 * n, f"Ann: line {n} " + "x" * (37 * n % 300)) for n in range(60)]
    text = dict(lines)

    places = character_chunks(Transcript("m", "p", lines))

    assert len(places) > 5
    assert all(len(place.text) <= CHARACTERS for place in places)
    assert (places[0].first, places[-1].last) == (0, 177)
    for place in places:
        first, *between, last = place.text.split("\n")
        assert first in text[place.first]
        assert last in text[place.last]
        assert len(between) + 1 == (place.last - place.first) / 3


def test_an_overlong_line_is_cut_and_every_piece_is_that_line() -> None:
    places = character_chunks(Transcript("m", "p", [(0, "short"), (4, "word " * 900)]))

    assert {place.last for place in places[1:]} == {4}
    assert len(places) > 4


def test_the_plain_recipe_ranks_by_cosine_within_a_project() -> None:
    transcripts = [Transcript(p.meeting, p.project, [(p.first, p.text)]) for p in PLACES]
    peer = PlainRecipe(transcripts, WordEmbedder())

    assert peer.search("the invoice", None)[0].meeting == "m1"
    assert {place.project for place in peer.search("the invoice", "p0")} == {"p0"}


@pytest.mark.parametrize("each", [1, 20])
def test_langchain_finds_by_words_and_by_meaning(each: int) -> None:
    vectors = WordEmbedder().embed_passages([place.text for place in PLACES]).tolist()
    peer = LangChainEnsemble(PLACES, vectors, WordEmbedder(), each=each)

    found = peer.search("about the holiday", None)

    assert found[0].meeting == "m2"
    assert len(found) <= 2 * each
    assert {place.project for place in peer.search("about the holiday", "p1")} == {"p1"}


def test_words_alone_use_our_analyser() -> None:
    peer = WordsOnly(PLACES)

    assert peer.search("invoices", None)[0].meeting == "m1"
    assert {place.project for place in peer.search("invoices", "p1")} == {"p1"}


def test_evidence_is_what_fits_in_order() -> None:
    places = [Place("m", "p", at, at, "word " * size) for at, size in enumerate((50, 40, 20, 5))]

    assert [place.first for place in within(places, 100)] == [0, 1]
    assert within(places, 49) == []


def test_a_hit_within_a_thousand_words_does_not_reward_long_results() -> None:
    question = Question("q", "?", "p", (Gold("m", 9, 9),))
    late = [Place("m", "p", 0, 0, "word " * 600), Place("m", "p", 5, 9, "word " * 600)]
    early = [Place("m", "p", 0, 0, "word " * 100), Place("m", "p", 9, 9, "word " * 100)]
    scored = Scored(question, (False, True), (0, 1), 1, 0, True, 0.5, 1.0)

    asked = Asked([scored, scored], [late, early], [late, early])

    assert asked.values("hit@1000w") == [0.0, 1.0]
    assert asked.values("hit@5") == [1.0, 1.0]
    assert asked.values("mrr") == [0.5, 0.5]
    assert asked.values("span_recall@budget") == [0.5, 0.5]
    assert asked.by_words()["words@5"] == 700


def test_the_table_shows_figures_and_differences_with_their_intervals() -> None:
    block = {name: value for figure in FIGURES for name, value in ((figure, 0.5), (f"{figure}_ci", [0.25, 0.75]))}
    costs = {"words@5": 900, "p50_ms": 1, "p95_ms": 2, "index_s": 3, "chunks": 4}
    less = {name: value for figure in FIGURES for name, value in ((figure, 0.125), (f"{figure}_ci", [-0.1, 0.3]))}
    systems = {OURS: {**block, **costs}, "plain": {**block, **costs, "huimai_minus": less}}

    text = markdown({"systems": systems})

    assert text.count("0.500 [0.250, 0.750]") == 2 * len(FIGURES)
    assert text.count("0.125 [-0.100, 0.300]") == len(FIGURES)
