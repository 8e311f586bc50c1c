"""What redaction takes out of a text: where it stands, of which kind it is, and what is the same thing again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ingestion.text.script import simplified_characters


class Kind(StrEnum):
    """A kind of thing; its value is the word of its placeholders."""

    PERSON = "PERSON"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IDENTITY = "IDCARD"
    BANK = "BANKCARD"
    PASSPORT = "PASSPORT"


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch of a text, `start` to `end` in characters. Equal `key`s of a kind are one thing in any spelling."""

    start: int
    end: int
    kind: Kind
    key: str


def folded(text: str) -> str:
    """The text in ordinary letters: full-width ones narrow, traditional characters simplified. As long as before."""
    return text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, int]:
    return {**simplified_characters(), **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}


def apart(finds: Iterable[Find]) -> list[Find]:
    """Those finds that do not overlap one given earlier, in the order of the text."""
    kept: list[Find] = []
    taken: set[int] = set()
    for find in finds:
        places = range(find.start, find.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(find)
    return sorted(kept, key=lambda find: find.start)


def find_identifiers(text: str) -> list[Find]:
    """Mail addresses, Chinese resident ids, bank cards, telephone and passport numbers in a text that is `folded`.

    Ids of 18 digits are checked by ISO 7064 MOD 11-2 (GB 11643), cards by Luhn's formula (ISO/IEC 7812). Where two
    could be meant, the kind that is checked wins.
    """
    return apart(find for kind, patterns in _PATTERNS for pattern in patterns for find in _of(kind, pattern, text))


def _of(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterable[Find]:
    for match in pattern.finditer(text):
        key = _key(kind, match[0])
        if key:
            yield Find(match.start(), match.end(), kind, key)


def _key(kind: Kind, said: str) -> str:
    """What is the same for all spellings; empty for what is not of the kind after all."""
    if kind is Kind.EMAIL:
        return said.lower()
    plain = re.sub(r"[^0-9A-Za-z零〇幺一二三四五六七八九]", "", said).upper()
    if kind is Kind.IDENTITY:
        return plain if _is_resident_id(plain) else ""
    if kind is Kind.BANK:
        return plain if _has_luhn_sum(plain) else ""
    if kind is Kind.PHONE:
        digits = plain.translate(_SPOKEN)
        return re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$)", "", digits)
    return plain


def _is_resident_id(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17]


def _has_luhn_sum(text: str) -> bool:
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


_WEIGHTS: Sequence[int] = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SPOKEN = str.maketrans("零〇幺一二三四五六七八九", "001123456789")
_GAP = r"[ \-.]?"
_ALONE, _END = r"(?<![0-9])", r"(?![0-9])"
_DAY = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

_PATTERNS: Sequence[tuple[Kind, Sequence[re.Pattern[str]]]] = [
    (Kind.EMAIL, [re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++@[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)+")]),
    (Kind.IDENTITY, [re.compile(rf"{_ALONE}[1-9][0-9]{{5}}{_GAP}{_DAY}{_GAP}[0-9]{{3}}[0-9Xx]{_END}")]),
    (Kind.BANK, [re.compile(rf"{_ALONE}(?:[0-9]{{4}}[ \-]?){{3}}[0-9]{{1,4}}(?:[ \-]?[0-9]{{1,3}})?{_END}")]),
    (
        Kind.PHONE,
        [
            re.compile(rf"(?<![0-9+])(?:(?:\+|00)?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_END}"),
            re.compile(r"\+[0-9](?:[ \-.()]{0,2}[0-9]){6,14}" + _END),
            re.compile(rf"{_ALONE}\(?0[1-9][0-9]{{1,2}}\)?[ \-]?[1-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}{_END}"),
            re.compile(rf"{_ALONE}[48]00[ \-]?[0-9]{{3}}[ \-]?[0-9]{{4}}{_END}"),
            re.compile(rf"{_ALONE}\(?[2-9][0-9]{{2}}\)?[ \-.][2-9][0-9]{{2}}[ \-.][0-9]{{4}}{_END}"),
            re.compile(
                "(?<![零〇幺一二三四五六七八九])[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}(?![零〇幺一二三四五六七八九])"
            ),
        ],
    ),
    (Kind.PASSPORT, [re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9]{7,9}(?![A-Za-z0-9])")]),
]
