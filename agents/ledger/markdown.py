"""Markdown that dossiers and comparisons share: what was said is text in it, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from agents.qa.language import Language
from agents.qa.wording import coverage_line, plain
from retrieval.domain import Coverage, Evidence, Line

_INSIDE = re.compile(r"[_~|&#]")
_AT_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))")
_ADDRESS = re.compile(r"(?<=:)//|(?<=\bwww)\.", re.IGNORECASE)
_QUOTES: dict[Language, tuple[str, str]] = {"zh": ("「", "」"), "en": ("“", "”")}
_COUNTED: dict[Language, str] = {"zh": "## {title}（{count}）", "en": "## {title} ({count})"}


def escaped(text: str) -> str:
    """Words that people said on one line, with what Markdown would take for markup escaped, also where they begin a
    line."""
    line = _INSIDE.sub(lambda match: f"\\{match.group()}", plain(" ".join(text.split())))
    return _ADDRESS.sub(lambda match: f"\\{match.group()}", _AT_START.sub(r"\1\\", line))


def section(title: str, entries: Sequence[str], language: Language) -> list[str]:
    """A heading with the number of its entries, and those; nothing when there are none."""
    return [_COUNTED[language].format(title=title, count=len(entries)), "\n".join(entries)] if entries else []


def entry(text: str, evidence: Iterable[Evidence], language: Language, depth: int = 0) -> str:
    """An entry of a list with what was said beneath. `text` is Markdown; `depth` is 0 for an outer list."""
    indent = "  " * depth
    return "\n".join([f"{indent}- {text}", *(f"{indent}  - {line}" for line in quoted(evidence, language))])


def quoted(evidence: Iterable[Evidence], language: Language) -> list[str]:
    """Each piece as `[date mm:ss speaker] “quote”`, a line a speaker."""
    left, right = _QUOTES[language]
    return [
        f"{_place(one, lines)} {left}{' '.join(escaped(line.text) for line in lines)}{right}"
        for one in evidence
        for lines in _turns(one.lines)
    ]


def cited(evidence: Iterable[Evidence]) -> str:
    """Where the pieces stand: `[date mm:ss speaker]` for each."""
    return " ".join(_place(one, lines) for one in evidence for lines in _turns(one.lines))


def document(title: str, parts: Iterable[str], coverage: Coverage, language: Language) -> str:
    """A whole document, what it was read from at its end."""
    return "\n\n".join([f"# {title}", *parts, coverage_line(coverage, language)]) + "\n"


def clock(seconds: float) -> str:
    """Seconds as mm:ss, from an hour on as h:mm:ss."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _place(evidence: Evidence, lines: Sequence[Line]) -> str:
    start, speaker = lines[0].start, lines[0].speaker
    known = [evidence.date.isoformat(), clock(start) if start is not None else "", escaped(speaker or "")]
    return f"[{' '.join(filter(None, known))}]"


def _turns(lines: Iterable[Line]) -> list[list[Line]]:
    return [list(turn) for _, turn in groupby(lines, key=lambda line: line.speaker)]
