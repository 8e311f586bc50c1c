"""The lines above the first spoken line of a text transcript: its title and its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_DATE = re.compile(r"(?<!\d)(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)\s*日?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({'|'.join(_MONTHS)})[a-z]*\.?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}})\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*([^:：]{1,12})[:：]\s*(.*)$")
_TITLE_LABELS = frozenset(["title", "topic", "subject", "meeting", "标题", "主题", "会议主题", "会议名称"])
_DATE_REST = re.compile(r"[\s\d:：,，|·•()（）-]|上午|下午|周|星期|[一二三四五六日天]|小时|分钟|秒|AM|PM|GMT|UTC|\+")


def find_date(text: str) -> date | None:
    """The first calendar date in the text: 2026年3月2日, 2026-03-02, March 2, 2026, 2 March 2026."""
    for match in _DATE.finditer(text):
        if found := _date(int(match[1]), int(match[2]), int(match[3])):
            return found
    for match in _ENGLISH_DATE.finditer(text):
        day = match[1] or match[3]
        month = _MONTHS.index(match[2].lower()) + 1
        if day and (found := _date(int(match[4]), month, int(day))):
            return found
    return None


def read_header(lines: Sequence[str]) -> tuple[str | None, date | None]:
    """Title and date as far as the header says them."""
    title, day = None, None
    for line in (line.strip() for line in lines):
        found = find_date(line)
        day = day or found
        label = _LABEL.match(line)
        if label and label[1].strip().lower() in _TITLE_LABELS:
            title = label[2].strip() or title
        elif title is None and line and not label and not (found and _is_only_date(line)):
            title = line
    return title, day


def _is_only_date(line: str) -> bool:
    return not _DATE_REST.sub("", _ENGLISH_DATE.sub("", _DATE.sub("", line)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
