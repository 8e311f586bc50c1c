"""Search terms, the same for stored text and for questions."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import cast

import rjieba

from ingestion.text.script import simplified_characters

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff"
_TOKEN = re.compile(
    rf"[{_HAN}]+|[{_KANA}]+|[^\W\d_{_HAN}{_KANA}]++(?:'[a-z]+)?(?!\d)"
    rf"|[0-9a-z]*[0-9][0-9a-z]*(?:[.,][0-9]+)*(?:[%‰]|[万亿年月日号])?"
)
_PARTS = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
_STOP_EN = frozenset({
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does",
    "don't",
    "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "i'm", "if", "in", "is", "it", "it's", "its",
    "me", "my", "of", "oh", "on", "or", "our", "she", "should", "so", "that", "that's", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "uh", "um", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "would", "yeah", "you", "your",
})  # fmt: skip
_STOP_ZH = frozenset({
    *"的了是我你他她它在和就也都那这有吗呢吧啊嗯呃哦个一不",
    "我们", "你们", "他们", "这个", "那个", "就是", "什么", "怎么", "一个", "没有", "一下", "然后",
})  # fmt: skip

_PARTICLES = frozenset({"up", "out", "off", "down", "over", "away", "back", "through", "into", "along"})


def terms(text: str) -> list[str]:
    """Lower-cased terms in the order of the text, repeated as often as they stand there.

    NFKC, Traditional folded to Simplified. Chinese runs give their dictionary words, the shorter words inside those,
    and pairs of neighbouring characters, so that a two-character word is found whatever the segmentation; pairs with a
    particle or pronoun are left out, which ranks better than all pairs and than none.
    English gives Snowball stems. Numbers stay whole (`98.2%`, `p95`, `3月`) and also give their parts.
    """
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'").translate(simplified_characters())
    found: list[str] = []
    for token in _TOKEN.findall(text):
        first = token[0]
        if "\u3400" <= first <= "\u9fff" or first >= "\U00020000":
            found += _han(token)
        elif first <= "9" or not token.replace("'", "").isalpha():
            found += _numeric(token)
        elif "\u3041" <= first <= "\u30ff":
            found += [first + second for first, second in pairwise(token)] or [token]
        elif token not in _STOP_EN:
            found.append(stem(token))
    return found


def is_stop_word(word: str) -> bool:
    """Whether the lower-case word is left out of the search terms, or a particle that joins verbs (stand up)."""
    return word in _STOP_EN or word in _STOP_ZH or word in _PARTICLES


def is_common_word(text: str) -> bool:
    """Whether the text is a word of the Chinese dictionary, or a stop word."""
    return is_stop_word(text.lower()) or rjieba.has_word(text)


def _han(run: str) -> list[str]:
    words = rjieba.cut_for_search(run)
    # A pair that is a word already counts once.
    known = set(words)
    pairs = [first + second for first, second in pairwise(run) if first not in _STOP_ZH and second not in _STOP_ZH]
    return [word for word in words if word not in _STOP_ZH] + [pair for pair in pairs if pair not in known]


def _numeric(token: str) -> list[str]:
    token = token.replace(",", "").replace("日", "号")
    # Letters as in text where they stand alone: iOS16 and iOS 16 meet.
    parts = [stem(part) for part in _PARTS.findall(token)]
    return [token] if parts == [token] else [token, *parts]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Snowball stem of a lower-case English word."""
    if not hasattr(_local, "stem"):
        stemmer = import_module("Stemmer").Stemmer("english")
        _local.stem = stemmer.stemWord
    return cast("Callable[[str], str]", _local.stem)(word)


# A stemmer must not be shared by threads.
_local = threading.local()
