"""What servers heard, placed in time. Pure functions.

Times that a server gives are taken where they are plausible: in order and within what it was sent. Else the sentences
of a stretch share its time by how long each takes to say. They then carry no words, which would need times too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.speech.sentences import sentences
from ingestion.speech.servers.heard import UNKNOWN_CONFIDENCE, Heard, Passage
from ingestion.speech.servers.names import language_code
from ingestion.speech.windows import Window
from ingestion.text.language import detect_language

_BEYOND_SECONDS = 0.5
"""A last word may end so long after the sound: recognisers count in steps, and fill up what they hear."""

_EASTERN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_TOKEN = re.compile(rf"\s*(?:[{_EASTERN}]|[^\W{_EASTERN}]+|[^\w\s])[^\w\s]*")
"""A character of Chinese, Japanese or Korean, or a word of another script, with the marks after it."""

_CLOSING = re.compile(r"[^\s“‘(\[{（《【「『]*")
"""The marks between two words that belong to the first."""

_UNKNOWN = "und"
"""What `detect_language` says of a text without letters."""

_LETTER = 0.35
"""How long a letter takes to say, as a share of a Chinese character: a word of English has 4.7 letters on average, and
takes as long as 1.65 characters (`text.language.HAN_PER_WORD`)."""


def placed(heard: Heard, window: Window, language: str | None) -> list[SpokenSegment]:
    """The sentences of a stretch in the recording's time. `language` is the one that was asked for, if any was."""
    code = language or language_code(heard.language) or detect_language(heard.text)
    passages = heard.passages
    if not passages or not _plausible([Span(one.start, one.end) for one in passages], window.seconds):
        passages = (Passage(heard.text, 0.0, window.seconds),)
    return [
        segment
        for one in passages
        for segment in _segments(one, language or language_code(one.language) or code, window)
    ]


def settled(segments: Sequence[SpokenSegment]) -> list[SpokenSegment]:
    """The segments of a piece, where those whose language nobody knows, such as numbers, have the piece's main one."""
    known = Counter(one.language for one in segments if one.language != _UNKNOWN)
    main = known.most_common(1)[0][0] if known else "en"
    return [replace(one, language=main) if one.language == _UNKNOWN else one for one in segments]


def spelled(text: str, words: Sequence[Word]) -> tuple[Word, ...] | None:
    """The words with the spaces and marks that the text has around them, so that they spell it; null where they are
    other words than the text's."""
    at, found = 0, list[str]()
    for word in words:
        bare = word.text.strip()
        begin = text.find(bare, at)
        gap = text[at:begin]
        if not bare or begin < 0 or _has_letters(gap):
            return None
        closing = _closing(gap) if found else ""
        if closing:
            found[-1] += closing
        found.append(gap[len(closing) :] + bare)
        at = begin + len(bare)
    if not found or _has_letters(text[at:]):
        return None
    found[-1] += text[at:].rstrip()
    return tuple(replace(word, text=one) for word, one in zip(words, found, strict=True))


def _closing(gap: str) -> str:
    match = _CLOSING.match(gap)
    return match.group() if match else ""


def _has_letters(text: str) -> bool:
    return any(one.isalnum() for one in text)


def _plausible(spans: Sequence[Span], seconds: float) -> bool:
    """Whether times lie in order within a stretch, the last one after its start."""
    if not all(math.isfinite(one.start) and math.isfinite(one.end) and one.start <= one.end for one in spans):
        return False
    ordered = all(one.start <= other.start for one, other in pairwise(spans))
    return ordered and spans[0].start >= 0 and 0 < spans[-1].end <= seconds + _BEYOND_SECONDS


def _segments(passage: Passage, language: str, window: Window) -> list[SpokenSegment]:
    words = spelled(passage.text, passage.words)
    if words and _plausible([Span(word.start, word.end) for word in words], window.seconds):
        return sentences([[window.word_in_recording(word) for word in words]], language)
    found = sentences([_estimated(passage)], language)
    return [_without_words(segment, window) for segment in found]


def _estimated(passage: Passage) -> list[Word]:
    """The words of a passage, which share its time by how long each takes to say."""
    tokens = [match.group() for match in _TOKEN.finditer(passage.text.strip())]
    lengths = [_spoken(token) for token in tokens]
    second, at = (passage.end - passage.start) / max(sum(lengths), 1.0), passage.start
    confidence = UNKNOWN_CONFIDENCE if passage.confidence is None else passage.confidence
    words: list[Word] = []
    for token, length in zip(tokens, lengths, strict=True):
        words.append(Word(token, at, at + length * second, confidence))
        at += length * second
    return words


def _spoken(token: str) -> float:
    """How long a token takes to say, in Chinese characters. A digit is a word."""
    eastern = len(re.findall(rf"[{_EASTERN}\d]", token))
    return eastern + _LETTER * (sum(one.isalpha() for one in token) - len(re.findall(f"[{_EASTERN}]", token)))


def _without_words(segment: SpokenSegment, window: Window) -> SpokenSegment:
    span = window.in_recording(Span(segment.start, segment.end))
    return replace(segment, start=span.start, end=span.end, words=())
