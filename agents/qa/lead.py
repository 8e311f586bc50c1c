"""The value that an answer leads with, read off the newest lines by code: a number, a day or who took something on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from agents.qa.dates import find_dates
from agents.qa.language import Language
from agents.qa.orders import heeded
from agents.qa.plan import Expect, Kind, Plan
from agents.qa.rank import asks, takes_on
from agents.qa.select import Pick
from agents.qa.spans import numbers_in
from retrieval.domain import Line

_TOWARDS = re.compile(r"(?:到|成|为|至|\bto(?: about)?|\binstead|\bis|\bare)\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?:从|由|\bfrom|\bof|\bthan|不是)\s*$", re.IGNORECASE)
_INSTEAD = re.compile(r"^\s*instead of\b", re.IGNORECASE)
_UNIT = re.compile(
    r"\s?(?:毫秒|小时|分钟|美元|个月|工作日|[单笔条天个人次元秒倍台家件年周月]"
    r"|(?:ms|seconds?|minutes?|hours?|days?|weeks?)\b)",
)
_NAME_BEFORE = re.compile(r"[A-Za-z]*[A-Z][A-Za-z]*\s?$")


def lead_claim(pick: Pick, plan: Plan) -> str | None:
    """One sentence that states the newest value, or null when the lines do not name exactly one."""
    if plan.kind not in (Kind.LATEST, Kind.FACT) or Expect.YES_NO in plan.expects:
        return None
    heard = heeded(pick.evidence)
    lines = heard.lines if heard else ()
    said = [line for line in lines if not asks(line.text)]
    values = _values(said, pick.evidence.date, plan) or _values(lines, pick.evidence.date, plan)
    return _sentence(values, pick, plan.language) if values else None


def ever_claim(picks: Sequence[Pick], plan: Plan) -> str:
    """One sentence that says when something was spoken of, given the picks that speak of it."""
    days = sorted({pick.evidence.date for pick in picks})
    if plan.language == "zh":
        first, last = (f"{day.month}月{day.day}日" for day in (days[0], days[-1]))
        return f"有人提到过：{first}的会议。" if len(days) == 1 else f"有人提到过：最早在{first}，最近在{last}的会议。"
    first, last = (f"{day:%B} {day.day}" for day in (days[0], days[-1]))
    if len(days) == 1:
        return f"Yes, this was mentioned, in the meeting of {first}."
    return f"Yes, this was mentioned, first in the meeting of {first}, last in that of {last}."


def _values(lines: Sequence[Line], held: date, plan: Plan) -> list[str]:
    days = {_shown(found, plan.language) for line in lines for found in _days(line, held)}
    who = _person(lines) if Expect.PERSON in plan.expects else None
    when = _only(days) if Expect.DATE in plan.expects else None
    number = _number(lines, held) if Expect.NUMBER in plan.expects and when is None else None
    return [value for value in (who, number, when) if value]


def _sentence(values: list[str], pick: Pick, language: Language) -> str:
    held = pick.evidence.date
    if language == "zh":
        return f"最新的说法（{held.month}月{held.day}日会议）：{'，'.join(values)}。"
    return f"Latest, from the meeting of {held:%B} {held.day}: {', '.join(values)}."


def _days(line: Line, held: date) -> list[date]:
    return [found.first for found in find_dates(line.text, held) if found.is_day and found.first >= held]


def _shown(day: date, language: Language) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day:%B} {day.day}"


def _person(lines: Sequence[Line]) -> str | None:
    return _only({line.speaker for line in lines if line.speaker and takes_on(line.text)})


def _number(lines: Sequence[Line], held: date) -> str | None:
    """The only number, or of several the one a change leads to."""
    towards: dict[object, str] = {}
    others: dict[object, str] = {}
    for line in lines:
        for number in numbers_in(line.text, held):
            before, after = line.text[: number.start], line.text[number.end :]
            unit = _UNIT.match(after)
            name = _NAME_BEFORE.search(before)
            shown = number.text + (unit.group() if unit and not number.percent else "")
            shown = name.group() + shown if name and not number.money else shown
            if _FROM.search(before):
                continue
            changed = _TOWARDS.search(before) or _INSTEAD.match(after)
            (towards if changed else others).setdefault(number.value, shown)
    return _only(set(towards.values())) or (_only(set(others.values())) if not towards else None)


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None
