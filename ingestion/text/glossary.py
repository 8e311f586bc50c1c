"""Names and terms of a project, written right where a recogniser or a typist wrote something near.

Prefers no change to a wrong one: what the segmentation or another entry explains as an ordinary word is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from ingestion.domain import CleanedText, Correction, GlossaryEntry
from ingestion.text.sounds import SoundIndex
from ingestion.text.spelling import SpellingIndex
from ingestion.text.terms import is_common_word

_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = "A-Za-z0-9"
# A given name alone stands in for the full one only where no other family name stands before it.
_FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾韦夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
)
_ALIAS, _SOUND, _SPELLING = "glossary alias", "sounds like the glossary", "spelled like the glossary"
_ORDER = {_ALIAS: 0, _SOUND: 1, _SPELLING: 2}
GLOSSARY_REASONS = frozenset(_ORDER)
"""`Correction.reason` of the changes that a glossary makes."""


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    canonical: str
    reason: str


def hotwords(entries: Sequence[GlossaryEntry], limit: int) -> list[str]:
    """The canonical forms to give to a recogniser, in their order, each once, `limit` at most."""
    return list(dict.fromkeys(entry.canonical for entry in entries if entry.canonical))[:limit]


class GlossaryCorrector:
    """Finds aliases, sound-alikes and near spellings of the entries. Safe to share between threads."""

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        self._entries = [entry for entry in entries if entry.canonical.strip()]
        self._canonical = frozenset(entry.canonical for entry in self._entries)
        self._aliases = self._unambiguous()
        longest_first = sorted(self._aliases, key=len, reverse=True)
        self._alias_pattern = re.compile("|".join(map(_pattern, longest_first)) or r"(?!)", re.IGNORECASE)
        known = sorted(self._canonical, key=len, reverse=True)
        self._known_pattern = re.compile("|".join(map(re.escape, known)) or r"(?!)")
        self._sounds = SoundIndex(self._entries)
        self._spelling = SpellingIndex([*self._canonical], known=[*self._canonical, *self._aliases])

    @property
    def canonical(self) -> frozenset[str]:
        """Every canonical form."""
        return self._canonical

    def correct(self, text: str) -> CleanedText:
        """The text with names and terms written as in the glossary; each change has its reason."""
        if not self._entries or not text:
            return CleanedText(text)
        taken = [match.span() for match in self._known_pattern.finditer(text)]
        segments = _segments(text)
        found = [
            *self._alias_changes(text, segments),
            *(_Change(*hit, _SOUND) for hit in self._sounds.find(text, segments)),
            *(_Change(*hit, _SPELLING) for hit in self._spelling.find(text)),
        ]
        chosen: list[_Change] = []
        for change in sorted(found, key=lambda c: (c.start - c.end, _ORDER[c.reason], c.start)):
            if all(change.end <= start or end <= change.start for start, end in taken):
                taken.append((change.start, change.end))
                chosen.append(change)
        return _apply(text, sorted(chosen, key=lambda change: change.start))

    def _unambiguous(self) -> dict[str, str]:
        """Canonical form by lower-cased alias. No change is called for by aliases of two entries, of one character,
        that are words of their own, or that are a rightly written part of the name (a given name)."""
        owners: dict[str, set[str]] = defaultdict(set)
        names = {name.lower() for name in self._canonical}
        for entry in self._entries:
            for alias in (" ".join(alias.split()).lower() for alias in entry.aliases):
                if len(alias) >= 2 and alias not in names and not _is_part(alias, entry.canonical.lower()):
                    owners[alias].add(entry.canonical)
        return {
            alias: next(iter(canonicals))
            for alias, canonicals in owners.items()
            if len(canonicals) == 1 and not is_common_word(alias)
        }

    def _alias_changes(self, text: str, segments: Sequence[tuple[int, int]]) -> Iterator[_Change]:
        for match in self._alias_pattern.finditer(text):
            canonical = self._aliases[" ".join(match[0].split()).lower()]
            start, end = _widen(text, match.start(), match.end(), match[0], canonical)
            if text[start:end] == canonical or (
                (start, end) == match.span() and _stands_in_word(text, start, end, segments, canonical)
            ):
                continue
            yield _Change(start, end, canonical, _ALIAS)


def _is_part(alias: str, name: str) -> bool:
    return alias in name.split() or (alias in name and bool(_HAN.match(alias)))


def _pattern(alias: str) -> str:
    """Whole words at Latin edges; any white space inside."""
    body = r"\s+".join(map(re.escape, alias.split()))
    left = rf"(?<![{_LETTER}])" if re.match(f"[{_LETTER}]", alias) else ""
    right = rf"(?![{_LETTER}])" if re.search(rf"[{_LETTER}]\Z", alias) else ""
    return f"{left}{body}{right}"


def _widen(text: str, start: int, end: int, alias: str, canonical: str) -> tuple[int, int]:
    """Take in the part of the canonical form that already stands around a shorter alias (郝 + 子锐)."""
    missing = len(canonical) - len(alias)
    if missing > 0 and _HAN.match(canonical):
        if text[start - missing : start] == canonical[:missing]:
            return start - missing, end
        if text[end : end + missing] == canonical[-missing:]:
            return start, end + missing
    return start, end


def _stands_in_word(text: str, start: int, end: int, segments: Sequence[tuple[int, int]], canonical: str) -> bool:
    """Whether the Chinese stretch belongs to a longer word or name: 陪东 in 陪东西, 子瑞 in 张子瑞."""
    if not _HAN.search(text[start:end]):
        return False
    shortened = end - start < len(canonical)
    if shortened and start and text[start - 1] in _FAMILY_NAMES:
        return True
    return any(
        is_common_word(text[first:last])
        for first, last in segments
        if first < end and start < last and (first < start or last > end) and last - first > 1
    )


def _segments(text: str) -> list[tuple[int, int]]:
    """Where the words of the text stand."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in rjieba.cut(text):
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def _apply(text: str, changes: Sequence[_Change]) -> CleanedText:
    pieces: list[str] = []
    corrections: list[Correction] = []
    at = 0
    for change in changes:
        pieces += [text[at : change.start], change.canonical]
        corrections.append(Correction(text[change.start : change.end], change.canonical, change.reason))
        at = change.end
    return CleanedText("".join([*pieces, text[at:]]), tuple(corrections))
