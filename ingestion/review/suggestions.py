"""Glossary terms that people's corrections of lines suggest: what they wrote, and what was heard instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from ingestion.domain import GlossaryEntry
from ingestion.review.domain import Edit
from ingestion.review.numbers import said_numbers
from ingestion.text.glossary import GlossaryCorrector
from ingestion.text.sounds import syllables
from ingestion.text.terms import is_common_word, is_stop_word

LONGEST_WORDS, LONGEST_HAN = 4, 8
"""What is longer is no name any more, but a sentence written anew."""

MOST_CHANGED = 0.5
"""A line of which a larger share was changed was written anew; nothing is learnt from it."""

LEAST_ALIKE = 50.0
"""Least similarity (rapidfuzz ratio, 0-100) of how both are spelled or sound: a name that was misheard is like what was
heard, another fact is not."""

_SHORT_LINE = 6
_HAN = "\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_HAN}]|[A-Za-z][A-Za-z'-]*|\d+")
_ONLY_HAN = re.compile(rf"[{_HAN}]+")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿0-9]")
_CALENDAR = re.compile(
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    "|november|december",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that somebody wrote in `lines`, given as (meeting, line), where `alias` was heard. `entry` is the term as
    the glossary has it already, without that alias, or null."""

    canonical: str
    alias: str
    lines: tuple[tuple[str, int], ...]
    entry: GlossaryEntry | None


def suggestions(edits: Sequence[Edit], texts: Iterable[str], entries: Sequence[GlossaryEntry]) -> list[Suggestion]:
    """What the glossary does not know yet, seen most often first. `texts` is what else is said in the project, which
    shows where a Chinese name begins and ends."""
    said = "\n".join([*texts, *(edit.after for edit in edits)])
    corrector = GlossaryCorrector(entries)
    known = {entry.canonical: entry for entry in entries}
    seen: dict[tuple[str, str], dict[tuple[str, int], None]] = {}
    for edit in edits:
        for alias, canonical in _terms(edit, said):
            done = corrector.correct(alias).text == canonical or corrector.correct(edit.before).text == edit.after
            # a name of the glossary that somebody took out of a line is not what was heard
            if not done and alias not in known:
                seen.setdefault((canonical, alias), {})[edit.meeting_id, edit.line] = None
    found = [
        Suggestion(canonical, alias, tuple(lines), known.get(canonical)) for (canonical, alias), lines in seen.items()
    ]
    return sorted(found, key=lambda one: (-len(one.lines), one.canonical, one.alias))


def _terms(edit: Edit, said: str) -> Iterator[tuple[str, str]]:
    """(alias, canonical form) of each short stretch that was changed and looks like a name or a term."""
    before, after = list(_TOKEN.finditer(edit.before)), list(_TOKEN.finditer(edit.after))
    runs = _changed_runs([token[0] for token in before], [token[0] for token in after])
    changed = sum(last - first for _, _, first, last in runs)
    if len(after) > _SHORT_LINE and changed > MOST_CHANGED * len(after):
        return
    for first, last, begin, end in runs:
        if first == last or begin == end:
            continue
        old = before[first].start(), before[last - 1].end()
        new = after[begin].start(), after[end - 1].end()
        left, right = _around(edit.after, *new, said)
        if edit.before[old[0] - left : old[0]] != edit.after[new[0] - left : new[0]]:
            left = 0
        if edit.before[old[1] : old[1] + right] != edit.after[new[1] : new[1] + right]:
            right = 0
        alias, canonical = edit.before[old[0] - left : old[1] + right], edit.after[new[0] - left : new[1] + right]
        if _is_term(canonical, edit.after, new[0] - left, said) and _is_misheard(alias, canonical):
            yield alias, canonical


def _changed_runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The tokens that differ, as first and last (excluded) in both; neighbouring changes are one, and those on both
    sides of one Chinese character."""
    from rapidfuzz.distance import Levenshtein

    runs: list[tuple[int, int, int, int]] = []
    for run in Levenshtein.opcodes(before, after):
        if run.tag == "equal":
            continue
        gap = run.src_start - runs[-1][1] if runs else len(before)
        if gap == 0 or (gap == 1 and all(map(_ONLY_HAN.fullmatch, before[run.src_start - 2 : run.src_start]))):
            runs[-1] = (runs[-1][0], run.src_end, runs[-1][2], run.dest_end)
        else:
            runs.append((run.src_start, run.src_end, run.dest_start, run.dest_end))
    return runs


def _around(text: str, first: int, last: int, said: str) -> tuple[int, int]:
    """How many characters before and after a changed Chinese stretch belong to its name: the longest run around it that
    is said as often as the stretch itself, more than once; else the name that the segmentation sees there."""
    if not _ONLY_HAN.fullmatch(text[first:last]):
        return 0, 0
    run = next(run for run in _ONLY_HAN.finditer(text) if run.start() <= first < run.end())
    room_before = min(first - run.start(), LONGEST_HAN)
    room_after = min(run.end() - last, LONGEST_HAN)
    often = said.count(text[first:last])
    found = [
        (left, right)
        for left in range(room_before + 1)
        for right in range(room_after + 1)
        if left + right + last - first <= LONGEST_HAN and said.count(text[first - left : last + right]) == often > 1
    ]
    return max(found, key=sum) if found else _segmented(text, first, last)


def _segmented(text: str, first: int, last: int) -> tuple[int, int]:
    at, begin, end = 0, first, last
    for word, tag in rjieba.tag(text):
        if tag.startswith("n") and at < last and first < at + len(word):
            begin, end = min(begin, at), max(end, at + len(word))
        at += len(word)
    return first - begin, end - last


def _is_term(canonical: str, text: str, first: int, said: str) -> bool:
    words = canonical.split()
    if _NUMERAL.search(canonical) or said_numbers(canonical) or _CALENDAR.search(canonical):
        return False
    if _ONLY_HAN.fullmatch(canonical):
        return 2 <= len(canonical) <= LONGEST_HAN and not is_common_word(canonical)
    if len(words) > LONGEST_WORDS or all(is_stop_word(word.lower()) for word in words):
        return False
    capital = any(character.isupper() for character in canonical)
    begins = first == 0 or bool(re.search(r"[.?!…。？！]\s*\Z", text[:first]))
    inside = re.search(rf"[a-z,{_HAN}] ?{re.escape(canonical)}(?![A-Za-z])", said)
    return capital and (not begins or inside is not None)


def _is_misheard(alias: str, canonical: str) -> bool:
    """Whether one is like the other: in sound for Chinese, in spelling else; scripts cannot be compared."""
    from rapidfuzz import fuzz

    if len(alias) < 2 or alias.lower() == canonical.lower() or _NUMERAL.search(alias) or said_numbers(alias):
        return False
    if is_common_word(alias) or _CALENDAR.search(alias):
        return False
    han = [bool(_ONLY_HAN.fullmatch(one)) for one in (alias, canonical)]
    if all(han):
        return fuzz.ratio("".join(syllables(alias)), "".join(syllables(canonical))) >= LEAST_ALIKE
    return any(han) or fuzz.ratio(alias.lower(), canonical.lower()) >= LEAST_ALIKE
