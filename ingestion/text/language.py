"""Which language a text is in, by its script alone."""

from __future__ import annotations

import re

DETECT = "auto"
"""As the language of a meeting: it is found out from what is heard."""

HAN_PER_WORD = 1.65
"""Chinese characters that carry as much as one English word."""

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_OTHERS = {
    "ru": re.compile(r"[\u0400-\u04ff]+"),
    "ar": re.compile(r"[\u0600-\u06ff]+"),
    "el": re.compile(r"[\u0370-\u03ff]+"),
    "he": re.compile(r"[\u0590-\u05ff]+"),
    "hi": re.compile(r"[\u0900-\u097f]+"),
    "th": re.compile(r"[\u0e00-\u0e7f]+"),
}
# Japanese is about half kana; a Chinese line may quote a word of it.
_JAPANESE_KANA = 0.15


def detect_language(text: str) -> str:
    """ISO 639-1 code of the script that carries most of the text, `und` when there are no letters.

    Han counts as Chinese unless kana stand with it, Latin as English: their letters do not tell languages apart.
    """
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    japanese = kana > (han + kana) * _JAPANESE_KANA
    shares = {
        "ja" if japanese else "zh": (han + kana) / HAN_PER_WORD,
        "ko": len(_HANGUL.findall(text)) / HAN_PER_WORD,
        "en": float(len(_LATIN_WORD.findall(text))),
        **{code: float(len(words.findall(text))) for code, words in _OTHERS.items()},
    }
    language, weight = max(shares.items(), key=lambda share: share[1])
    return language if weight else "und"


def words(text: str) -> int:
    """Size in words: a run of Latin letters or digits is one, Chinese and Japanese characters 1/1.65 each."""
    return round(len(_HAN.findall(text) + _KANA.findall(text)) / HAN_PER_WORD + len(_WORD.findall(text)))


_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u052f\u0590-\u06ff\u0900-\u0e7f\uac00-\ud7a3]+")
