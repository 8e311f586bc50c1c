"""How well speakers are told apart: who is heard when, and whose words are given to whom.

Speakers are compared by when they speak and what they say, never by what they are called. Times are exact: nothing is
cut into frames, and no collar around the turns is forgiven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingestion.domain import Span
from ingestion.evaluation.intervals import Grouped, by_recording, figures, ratio
from ingestion.evaluation.normalise import tokens
from ingestion.evaluation.transcripts import HeardLine, SpokenText, align, speaker_errors
from ingestion.pairing import best_pairs
from ingestion.speakers.domain import SpeakerTurn

Turns = Sequence[Sequence[Span]]
"""The stretches in which each speaker speaks, one entry a speaker."""


@dataclass(frozen=True, slots=True)
class SpeakerTruth:
    """When each speaker of a recording spoke, and its lines in order with who said each, null where that is not told.

    A line may be a part of a sentence, since others talk in between. There are no turns where not all are told.
    """

    turns: Mapping[str, Sequence[Span]]
    lines: tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True)
class TurnErrors:
    """How the turns that are heard differ from the real ones, in seconds; where several speak at once, each counts.

    `spoken` is all real speech; `missed` is heard as too few speakers, `false_alarm` as too many, `confused` as others.
    `speakers` really speak, `jaccard` is the sum of their Jaccard errors (0..1 each); `found` speakers are heard.
    """

    spoken: float
    missed: float
    false_alarm: float
    confused: float
    speakers: int
    jaccard: float
    found: int


@dataclass(frozen=True, slots=True)
class ScoredSpeakers:
    """One recording's counts.

    `said` tokens are its reference. Of those whose speaker is known, `heard_right` were heard right, and `attributed`
    of these stand in lines of the right speaker. `speaker_errors` is null where the truth names no speakers.
    `named_right` of them stand under the name of their speaker and `named_false` under that of another person, after
    the speakers of an earlier meeting were named; null where they were not.
    """

    name: str
    language: str
    turns: TurnErrors
    said: int
    heard_right: int
    attributed: int
    speaker_errors: int | None
    named_right: int | None = None
    named_false: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Its row in the document."""
        values = _values([self])
        return {
            "language": self.language,
            "seconds": round(self.turns.spoken, 3),
            "tokens": self.said,
            "speakers": self.turns.speakers,
            "speakers_found": self.turns.found,
            **{name: round(ratio(of), 4) if any(one.weight for one in of) else None for name, of in values.items()},
        }


def score(
    name: str,
    language: str,
    said: SpokenText,
    truth: SpeakerTruth,
    turns: Sequence[SpeakerTurn],
    heard: Sequence[HeardLine],
) -> ScoredSpeakers:
    """Score the turns and lines that are stored of a recording against who spoke when and who said what."""
    shared = shared_words(truth.lines, heard)
    sounding: dict[int, list[Span]] = {}
    for turn in turns:
        sounding.setdefault(turn.speaker, []).append(Span(turn.start, turn.end))
    return ScoredSpeakers(
        name=name,
        language=language,
        turns=compare_turns(list(truth.turns.values()), list(sounding.values())),
        said=sum(len(tokens(line)) for line in said.lines),
        heard_right=shared.total(),
        attributed=attributed(shared),
        speaker_errors=speaker_errors(said.by_speaker, heard) if said.by_speaker else None,
    )


def summary(scored: Sequence[ScoredSpeakers]) -> dict[str, Any]:
    """The document of `huimai eval diarization`: figures over all recordings, by language, and a row for each.

    `der`, its parts, `cpwer` and `word_attribution` are sums over sums, `jer` is the mean over all real speakers,
    `speaker_count_error` the mean over the recordings. The intervals are bootstraps over recordings.
    """
    return by_recording(scored, lambda some: {"n": len(some), **figures(_values(some)), "ci_by": "meeting"})


def compare_turns(said: Turns, heard: Turns) -> TurnErrors:
    """The diarization errors of NIST's md-eval (RT-09 evaluation plan; Bredin 2017, pyannote.metrics) without a collar,
    and the Jaccard error of Ryant et al. 2019 (The Second DIHARD Diarization Challenge).

    For each of the two, real speakers are paired one to one with heard ones so that it is least. Of a real speaker and
    a partner, the Jaccard error is the time in which only one of them speaks over that in which any does; without a
    partner it is 1.
    """
    own, found, shared = np.zeros(len(said)), np.zeros(len(heard)), np.zeros((len(said), len(heard)))
    missed = false_alarm = paired = 0.0
    for seconds, speaking, sounding in _moments(said, heard):
        own[speaking] += seconds
        found[sounding] += seconds
        shared[np.ix_(speaking, sounding)] += seconds
        missed += seconds * max(0, len(speaking) - len(sounding))
        false_alarm += seconds * max(0, len(sounding) - len(speaking))
        paired += seconds * min(len(speaking), len(sounding))
    right = float(sum(shared[pair] for pair in best_pairs(shared)))
    speakers, sounds = own > 0, found > 0
    own, found, shared = own[speakers], found[sounds], shared[speakers][:, sounds]
    alike = shared / (own[:, None] + found[None, :] - shared)
    return TurnErrors(
        spoken=float(own.sum()),
        missed=missed,
        false_alarm=false_alarm,
        confused=max(0.0, paired - right),  # the same seconds, added in another order
        speakers=len(own),
        jaccard=len(own) - float(sum(alike[pair] for pair in best_pairs(alike))),
        found=len(found),
    )


def shared_words(said: Sequence[tuple[str | None, str]], heard: Sequence[HeardLine]) -> Counter[tuple[str, str | None]]:
    """How many words of each real speaker were heard right in the lines of each heard one, or of nobody (null).

    Words are tokens; which of them were heard is told by the alignment with the fewest errors of all that was said
    with all that was heard.
    """
    reference = [(token, speaker) for speaker, line in said for token in tokens(line)]
    stored = [(token, line.speaker) for line in heard for token in tokens(line.text)]
    places = align([token for token, _ in reference], [token for token, _ in stored]).places
    pairs = zip((speaker for _, speaker in reference), places, strict=True)
    return Counter((who, stored[at][1]) for who, at in pairs if who is not None and at is not None)


def attributed(shared: Mapping[tuple[str, str | None], int]) -> int:
    """How many of the shared words stand with the right speaker, when real and heard speakers are paired one to one so
    that these are most. Words of nobody are not right."""
    real, heard = sorted({who for who, _ in shared}), sorted({by for _, by in shared if by is not None})
    counts = np.array([[shared.get((who, by), 0) for by in heard] for who in real]).reshape(len(real), len(heard))
    return int(sum(counts[pair] for pair in best_pairs(counts)))


def owners(shared: Mapping[tuple[str, str | None], int]) -> dict[str, str]:
    """For each heard speaker the real one with whom most of its shared words are; none where these are not the most of
    them."""
    of: dict[str, Counter[str]] = {}
    for (who, by), words in shared.items():
        if by is not None:
            of.setdefault(by, Counter())[who] += words
    best = {by: counts.most_common(1)[0] for by, counts in of.items()}
    return {by: who for by, (who, words) in best.items() if 2 * words > of[by].total()}


def named(shared: Mapping[tuple[str, str | None], int], names: Collection[str]) -> tuple[int, int]:
    """How many of the shared words stand under the name of their speaker, and how many under that of another person.

    `names` are those that were given; what else a line calls its speaker is a number.
    """
    under = [(who == by, words) for (who, by), words in shared.items() if by in names]
    return sum(words for right, words in under if right), sum(words for right, words in under if not right)


def _values(scored: Sequence[ScoredSpeakers]) -> dict[str, list[Grouped]]:
    """What each figure is made of."""
    turns = [(one.name, one.turns) for one in scored]
    return {
        "der": [Grouped(name, of.missed + of.false_alarm + of.confused, of.spoken) for name, of in turns],
        "missed": [Grouped(name, of.missed, of.spoken) for name, of in turns],
        "false_alarm": [Grouped(name, of.false_alarm, of.spoken) for name, of in turns],
        "confusion": [Grouped(name, of.confused, of.spoken) for name, of in turns],
        "jer": [Grouped(name, of.jaccard, of.speakers) for name, of in turns],
        "speaker_count_error": [Grouped(name, abs(of.found - of.speakers)) for name, of in turns],
        "cpwer": [Grouped(one.name, e, one.said) for one in scored if (e := one.speaker_errors) is not None],
        "word_attribution": [Grouped(one.name, one.attributed, one.heard_right) for one in scored],
        "named_right": [Grouped(o.name, n, o.heard_right) for o in scored if (n := o.named_right) is not None],
        "named_false": [Grouped(o.name, n, o.heard_right) for o in scored if (n := o.named_false) is not None],
    }


def _moments(said: Turns, heard: Turns) -> Iterator[tuple[float, list[int], list[int]]]:
    """The stretches in which nobody begins or ends, in seconds, with the real and the heard speakers of each."""
    changes = sorted(
        (time, side, speaker, step)
        for side, speakers in enumerate((said, heard))
        for speaker, spans in enumerate(speakers)
        for span in spans
        for time, step in ((span.start, 1), (span.end, -1))
    )
    speaking: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    before = 0.0
    for time, side, speaker, step in changes:
        if time > before:
            real, sounding = ([one for one, turns in active.items() if turns] for active in speaking)
            yield time - before, real, sounding
        speaking[side][speaker] += step
        before = time
