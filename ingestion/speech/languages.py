"""Which language is spoken in each window of a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

SURE = 0.8
"""From this probability on, a language counts as spoken in the recording."""

_SURE_SECONDS = 2.0
_MIXED_SHARE = 0.1
_MIXED_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Hearing:
    """Language probabilities (ISO 639-1 code to 0..1) of a window with that many seconds of speech."""

    probabilities: Mapping[str, float]
    seconds: float


def spoken_languages(hearings: Sequence[Hearing], familiar: Collection[str] = ()) -> frozenset[str]:
    """The languages of a recording: those that some window is sure of, so that a cough or a "hm" adds none.

    When no window is sure, the one with most evidence over all windows; one of the `familiar` if they have any, since
    noise sounds like any language.
    """
    sure = frozenset(
        code
        for hearing in hearings
        for code, probability in hearing.probabilities.items()
        if probability >= SURE and hearing.seconds >= _SURE_SECONDS
    )
    if sure:
        return sure
    evidence: defaultdict[str, float] = defaultdict(float)
    for hearing in hearings:
        for code, probability in hearing.probabilities.items():
            evidence[code] += probability * hearing.seconds
    likely = {code: weight for code, weight in evidence.items() if code in familiar and weight} or evidence
    return frozenset([max(likely, key=lambda code: likely[code])]) if likely else frozenset()


def language_of(hearing: Hearing, spoken: frozenset[str]) -> str:
    """The likeliest of the spoken languages (at least one) in a window."""
    return max(spoken, key=lambda code: (hearing.probabilities.get(code, 0.0), code))


def surely_another(hearing: Hearing, language: str, known: Collection[str]) -> str | None:
    """The language of a stretch that was taken for `language`, when it surely is another of the `known` ones."""
    code = max(hearing.probabilities, key=lambda code: hearing.probabilities[code], default=language)
    sure = hearing.probabilities.get(code, 0.0) >= SURE
    return code if sure and code != language and code in known else None


def is_mixed(hearing: Hearing) -> bool:
    """Whether two languages seem to be spoken in one window, which is long enough to be cut in two."""
    ranked = sorted(hearing.probabilities.values(), reverse=True)
    return len(ranked) > 1 and ranked[1] >= _MIXED_SHARE and hearing.seconds >= _MIXED_SECONDS
