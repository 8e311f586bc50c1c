"""How servers call languages."""

from __future__ import annotations

_CODES = {
    "chinese": "zh",
    "mandarin": "zh",
    "cantonese": "zh",
    "yue": "zh",
    "english": "en",
    "arabic": "ar",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "portuguese": "pt",
    "indonesian": "id",
    "italian": "it",
    "korean": "ko",
    "russian": "ru",
    "thai": "th",
    "vietnamese": "vi",
    "japanese": "ja",
    "turkish": "tr",
    "hindi": "hi",
    "malay": "ms",
    "dutch": "nl",
    "swedish": "sv",
    "danish": "da",
    "finnish": "fi",
    "polish": "pl",
    "czech": "cs",
    "filipino": "tl",
    "fil": "tl",
    "persian": "fa",
    "greek": "el",
    "hungarian": "hu",
    "macedonian": "mk",
    "romanian": "ro",
}
"""The languages of Qwen3-ASR (its README) and codes of three letters, by how Qwen3-ASR and Whisper name them."""


def language_code(name: str | None) -> str | None:
    """The ISO 639-1 code of a language by its code (zh, zh-CN) or English name; null for a name that is not known."""
    plain = (name or "").strip().lower().replace("_", "-").split("-")[0]
    if len(plain) == 2 and plain.isalpha() and plain.isascii():
        return plain
    return _CODES.get(plain)
