"""Errors counted by hand."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from rapidfuzz.distance import Levenshtein

from ingestion.evaluation.transcripts import (
    HeardLine,
    ScoredRecording,
    SpokenText,
    align,
    score,
    speaker_errors,
    summary,
)


def heard(*texts: str, raw: tuple[str, ...] | None = None, speakers: tuple[str | None, ...] | None = None):
    raws, names = raw or texts, speakers or (None,) * len(texts)
    return [HeardLine(text, was, who) for text, was, who in zip(texts, raws, names, strict=True)]


def scored(said: str, *lines: HeardLine, language: str = "en", terms: tuple[str, ...] = ()) -> ScoredRecording:
    return score(f"{language}: {said}", language, SpokenText((said,), {}), lines, terms)


def test_kinds_of_errors_are_told_apart() -> None:
    alignment = align(["the", "cat", "sat", "on", "it"], ["a", "cat", "sat", "down", "on"])
    assert (alignment.substitutions, alignment.deletions, alignment.insertions) == (1, 1, 1)
    assert alignment.errors == 3
    assert alignment.places == (None, 1, 2, 4, None)
    assert alignment.edits == (("the", "a"), ("", "down"), ("it", ""))


def test_rates_are_sums_over_sums_and_languages_stay_apart() -> None:
    figures = summary(
        [
            scored("one long and well heard sentence", *heard("one long and well heard sentence")),
            scored("wrong", *heard("right here")),
            scored("你好世界", *heard("你好时节"), language="zh"),
        ]
    )
    assert figures["n"] == 3
    assert figures["wer"] == pytest.approx(2 / 7, abs=1e-4)
    assert figures["cer"] == 0.5
    assert figures["per_language"]["en"]["cer"] is None
    assert figures["per_language"]["zh"]["cer"] == 0.5
    assert figures["per_file"]["en: wrong"]["insertions"] == 1
    assert figures["wer_ci"][0] <= figures["wer"] <= figures["wer_ci"][1]
    assert figures["cpwer"] is None
    assert figures["terms_right"] is None


def test_a_chinese_text_counts_latin_words_whole() -> None:
    one = scored("Kafka 堆积", *heard("卡夫卡堆积"), language="zh")
    assert one.said == 3
    assert one.alignment.errors == 3  # one word became three characters: a substitution and two insertions


def test_nothing_heard_is_all_deletions() -> None:
    one = scored("two words", language="en")
    assert one.to_json()["error_rate"] == 1.0
    assert one.alignment.deletions == 2


def test_terms_are_right_where_they_were_said() -> None:
    said = "Quillgate 先上，然后是恩沛通，最后恩沛通的证书"
    clean, raw = "Quillgate 先上，然后是恩沛通，最后恩培通的证书", "quill gate 先上，然后是恩配通，最后恩培通的证书"
    one = scored(said, *heard(clean, raw=(raw,)), language="zh", terms=("Quillgate", "恩沛通", "綦薇"))
    assert (one.terms, one.terms_right, one.terms_raw) == (3, 2, 0)


def test_a_term_elsewhere_does_not_stand_for_one_that_was_missed() -> None:
    one = scored("恩沛通先来再说别的事情", *heard("先来再说别的事情恩沛通"), language="zh", terms=("恩沛通",))
    assert (one.terms, one.terms_right) == (1, 0)


def test_a_torn_term_is_wrong() -> None:
    one = scored("ask Ingrid Thorsby", *heard("ask Ingrid von Thorsby"), terms=("Ingrid Thorsby",))
    assert (one.terms, one.terms_right) == (1, 0)


def test_harm_of_cleaning_is_counted_apart_from_its_good() -> None:
    raw, clean = "we chip the atlas to castovia", "we ship the Atlus to Kestovia"
    one = scored("we ship the atlas to Kestovia", *heard(clean, raw=(raw,)))
    assert (one.right_raw, one.new_errors, one.spoilt) == (4, 1, (("atlas", "atlus"),))
    figures = summary([one])
    assert figures["new_errors"] == 0.25
    assert figures["new_errors_count"] == 1


def test_lines_are_cut_otherwise_without_harm() -> None:
    one = score("m", "en", SpokenText(("we ship", "on Friday"), {}), heard("we", "ship on", "Friday"), ())
    assert one.alignment.errors == 0


SAID = {"Ann": ["we ship on friday", "all of it"], "Bob": ["no we wait"]}


def test_speakers_are_paired_whatever_they_are_called() -> None:
    lines = heard("no we wait", "we ship on Friday all of it", speakers=("s1", "s2"))
    assert speaker_errors(SAID, lines) == 0


def test_words_of_unknown_speakers_are_one_speakers() -> None:
    # Ann's seven words are paired; Bob's three are inserted there and missing here
    assert speaker_errors(SAID, heard("we ship on Friday", "no we wait", "all of it")) == 6


def test_a_speaker_too_many_is_inserted_and_one_too_few_deleted() -> None:
    lines = heard("no we wait", "we ship on Friday", "all of it", speakers=("s1", "s2", "s3"))
    assert speaker_errors(SAID, lines) == 6
    assert speaker_errors(SAID, []) == 10


def test_the_pairing_is_the_best_of_all() -> None:
    draw = random.Random(3)
    for _ in range(30):
        said = {str(s): [" ".join(draw.choices("abcde", k=draw.randint(1, 6)))] for s in range(4)}
        texts = [" ".join(draw.choices("abcde", k=draw.randint(1, 6))) for _ in range(3)]
        pairs = [*texts, ""]
        best = min(
            sum(
                Levenshtein.distance(lines[0].split(), pairs[i].split())
                for lines, i in zip(said.values(), order, strict=True)
            )
            for order in permutations(range(4))
        )
        assert speaker_errors(said, heard(*texts, speakers=("x", "y", "z"))) == best


def test_speakers_errors_are_reported_where_speakers_are_known() -> None:
    known = score("m", "en", SpokenText(("a b",), {"Ann": ("a",), "Bob": ("b",)}), heard("a b"), ())
    figures = summary([known, scored("a b", *heard("a b"))])
    assert figures["cpwer"] == 1.0
    assert figures["wer"] == 0.0
