"""How well recordings are transcribed: word and character errors, errors by speaker, names and terms.

Everything is counted in `tokens`: Chinese characters, whole words of other scripts, digits. For Chinese this is the
mixed error rate, for a text without Latin words the character error rate; for English it is the word error rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from ingestion.evaluation.intervals import Grouped, by_recording, figures
from ingestion.evaluation.normalise import tokens
from ingestion.pairing import best_pairs

_BY_CHARACTER = frozenset({"zh", "yue", "wuu", "ja"})


@dataclass(frozen=True, slots=True)
class SpokenText:
    """What was said in a recording: its lines in order, and the lines of each speaker where speakers are known."""

    lines: tuple[str, ...]
    by_speaker: Mapping[str | None, Sequence[str]]


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A stored line: its text after cleaning, and the raw text as it was recognised."""

    text: str
    raw_text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which tokens of a reference were heard, by the fewest substitutions, deletions and insertions.

    `places` has for each token of the reference where the same one stands in what was heard, or None. `edits` are the
    stretches that differ, as (said, heard).
    """

    substitutions: int
    deletions: int
    insertions: int
    places: tuple[int | None, ...]
    edits: tuple[tuple[str, str], ...]

    @property
    def errors(self) -> int:
        """All edits together."""
        return self.substitutions + self.deletions + self.insertions


@dataclass(frozen=True, slots=True)
class ScoredRecording:
    """One recording's counts, in tokens unless said otherwise.

    `terms` is how often the glossary's terms occur in the reference, `terms_right` how many of these stand whole in
    the cleaned text, `terms_raw` in the raw text. `right_raw` tokens were right before cleaning, `new_errors` of them
    wrong after it; `spoilt` are the stretches that these make up, as (said, stored). `speaker_errors` is null where the
    reference names no speakers.
    """

    name: str
    language: str
    said: int
    alignment: Alignment
    right_raw: int
    new_errors: int
    spoilt: tuple[tuple[str, str], ...]
    terms: int
    terms_right: int
    terms_raw: int
    speaker_errors: int | None

    @property
    def by_character(self) -> bool:
        """Whether its errors count as character errors."""
        return self.language in _BY_CHARACTER

    def to_json(self) -> dict[str, Any]:
        """Its row in the document."""
        return {
            "language": self.language,
            "tokens": self.said,
            "error_rate": round(self.alignment.errors / self.said, 4),
            "substitutions": self.alignment.substitutions,
            "deletions": self.alignment.deletions,
            "insertions": self.alignment.insertions,
            "cpwer": None if self.speaker_errors is None else round(self.speaker_errors / self.said, 4),
            "terms": self.terms,
            "terms_right": self.terms_right,
            "terms_raw": self.terms_raw,
            "new_errors": self.new_errors,
        }


def score(
    name: str, language: str, said: SpokenText, heard: Sequence[HeardLine], terms: Sequence[str]
) -> ScoredRecording:
    """Score what was heard of a recording against what was said, which must hold a word. `terms` are canonical."""
    reference = _joined(said.lines)
    stored = _joined([line.text for line in heard])
    cleaned = align(reference, stored)
    raw = align(reference, _joined([line.raw_text for line in heard]))
    places = [place for term in terms for place in _occurrences(tokens(term), reference)]
    spoilt = [a is not None and b is None for a, b in zip(raw.places, cleaned.places, strict=True)]
    return ScoredRecording(
        name=name,
        language=language,
        said=len(reference),
        alignment=cleaned,
        right_raw=sum(place is not None for place in raw.places),
        new_errors=sum(spoilt),
        spoilt=tuple(_stretches(reference, spoilt, cleaned.places, stored)),
        terms=len(places),
        terms_right=sum(_stands_whole(cleaned, first, last) for first, last in places),
        terms_raw=sum(_stands_whole(raw, first, last) for first, last in places),
        speaker_errors=speaker_errors(said.by_speaker, heard) if said.by_speaker else None,
    )


def summary(scored: Sequence[ScoredRecording]) -> dict[str, Any]:
    """The document of `huimai eval transcripts`: figures over all recordings, by language, and a row for each.

    A rate is the sum of errors over the sum of tokens, its interval a bootstrap over recordings. `new_errors` is the
    share of what was right in the raw text that cleaning made wrong.
    """
    return by_recording(scored, _figures)


def align(reference: Sequence[str], heard: Sequence[str]) -> Alignment:
    """Align two runs of tokens by Levenshtein distance."""
    from rapidfuzz.distance import Levenshtein

    counts = {"replace": 0, "delete": 0, "insert": 0}
    places: list[int | None] = [None] * len(reference)
    edits: list[tuple[str, str]] = []
    for run in Levenshtein.opcodes(reference, heard):
        if run.tag == "equal":
            places[run.src_start : run.src_end] = range(run.dest_start, run.dest_end)
        else:
            gone, new = reference[run.src_start : run.src_end], heard[run.dest_start : run.dest_end]
            counts[run.tag] += max(len(gone), len(new))
            edits.append((" ".join(gone), " ".join(new)))
    return Alignment(counts["replace"], counts["delete"], counts["insert"], tuple(places), tuple(edits))


def speaker_errors(said: Mapping[str | None, Sequence[str]], heard: Sequence[HeardLine]) -> int:
    """Errors of the concatenated minimum-permutation WER (cpWER; Watanabe et al. 2020, CHiME-6).

    The words of each speaker are joined, and heard speakers are paired with real ones so that the errors are fewest; a
    speaker without a partner is all insertions or deletions. Lines of unknown speakers are one speaker's.
    """
    from rapidfuzz.distance import Levenshtein

    lines: dict[str | None, list[str]] = {}
    for line in heard:
        lines.setdefault(line.speaker, []).append(line.text)
    reference, hypothesis = [_joined(one) for one in said.values()], [_joined(one) for one in lines.values()]
    size = max(len(reference), len(hypothesis))
    reference += [[]] * (size - len(reference))
    hypothesis += [[]] * (size - len(hypothesis))
    costs = np.array([[Levenshtein.distance(one, other) for other in hypothesis] for one in reference])
    return int(sum(costs[pair] for pair in best_pairs(-costs)))


def _figures(scored: Sequence[ScoredRecording]) -> dict[str, Any]:
    errors = [(one.by_character, Grouped(one.name, one.alignment.errors, one.said)) for one in scored]
    return {
        "n": len(scored),
        **figures(
            {
                "cer": [rate for by_character, rate in errors if by_character],
                "wer": [rate for by_character, rate in errors if not by_character],
                "cpwer": [Grouped(one.name, e, one.said) for one in scored if (e := one.speaker_errors) is not None],
                "terms_right": [Grouped(one.name, one.terms_right, one.terms) for one in scored],
                "terms_raw": [Grouped(one.name, one.terms_raw, one.terms) for one in scored],
                "new_errors": [Grouped(one.name, one.new_errors, one.right_raw) for one in scored],
            }
        ),
        "ci_by": "meeting",  # however few they are, each value is a whole recording's
        "terms": sum(one.terms for one in scored),
        "new_errors_count": sum(one.new_errors for one in scored),
    }


def _joined(lines: Sequence[str]) -> list[str]:
    return [token for line in lines for token in tokens(line)]


def _stretches(
    reference: Sequence[str], chosen: Sequence[bool], places: Sequence[int | None], heard: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each run of chosen tokens of the reference, none of which has a place, with what was heard between its
    neighbours."""
    for is_chosen, run in groupby(range(len(reference)), key=lambda at: chosen[at]):
        if is_chosen:
            said = list(run)
            before = max((place for place in places[: said[0]] if place is not None), default=-1)
            after = min((place for place in places[said[-1] :] if place is not None), default=len(heard))
            yield " ".join(reference[said[0] : said[-1] + 1]), " ".join(heard[before + 1 : after])


def _occurrences(term: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int]]:
    """Where the term stands in the reference, end excluded."""
    size = len(term)
    starts = range(len(reference) - size + 1) if size else ()
    return [(start, start + size) for start in starts if list(reference[start : start + size]) == list(term)]


def _stands_whole(alignment: Alignment, first: int, last: int) -> bool:
    """Whether the tokens `first`..`last` (excluded) were heard in one piece."""
    places = alignment.places[first:last]
    return places[0] is not None and list(places) == list(range(places[0], places[0] + last - first))
