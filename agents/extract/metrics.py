"""What is measured: named quantities and the values that a meeting gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agents.extract.cues import Role, either, last_end, weigh
from agents.extract.metric_names import after, before, counted_han, topic
from agents.extract.sentences import is_question, sentences, words_of
from agents.ledger.domain import ItemDraft, ItemKind, Measure
from agents.qa.numbers import Number, find_numbers
from agents.qa.spans import numbers_in
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of a metric that is put forward."""

NAMED = 0.2
"""Least confidence of one in a line that is known to state a metric: something beside the number may name it."""

_UNIT = 0.3
_ACRONYM = 0.25
_ELLIPTICAL = 0.9
_ANSWER = 0.6
_SET = 0.6
_LISTED = 0.3
_BESIDE = 0.2
_TRAILING = 0.35
_SETTING = (Role.SETTLE, Role.PROPOSE, Role.PROMISE)

_PAUSE = re.compile(r"[，；、：…]|[,;:](?=\s|$)|\s[-–—]+\s|\b(?:and|but|while)\b", re.IGNORECASE)
_UNITS = re.compile(
    r"\s?(?P<unit>毫秒|微秒|秒钟?|分钟|小时|天|周|个月|年|美金|美元|欧元|英镑|人民币|元|块钱|块|笔|单|条|个(?:百分)?点?|人|家|通|次|分|名|位|台|件|起|例|张|"
    r"份|户|度|倍|公斤|克|毫米|厘米|米|吨|分贝|瓦|伏|毫升|所|盒|箱|瓶|套|"
    r"(?:ms|s|msec|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|dollars?|euros?|pounds?|"
    r"quid|bucks|usd|eur|rmb|"
    r"[kmgt]b|hz|khz|mhz|ghz|kg|g|km|mm|cm|qps|rps|tps|fps|points?|degrees?|volts?|watts?|words?|pages?|"
    r"per second)\b)(?!内)",
    re.IGNORECASE,
)
_PER = re.compile(r"(?P<per>每(?:秒|天|小时|分钟|周|月))\s?$")
_GLUED = re.compile(r"[A-Za-z_\d.#-]$")
_GOES_ON = re.compile(r"^(?:[A-Za-z_\d]|\.\d|多|几|来[个张条]|-\w|\s?out of\b)", re.IGNORECASE)
_ROUGH = re.compile(r"[一二两三四五六七八九]{2}")
_PHYSICAL = re.compile(r"毫秒|微秒|度|分贝|瓦|伏|克|(?:ms|msec|[kmg]?hz|degrees?|volts?|watts?|g|mm|cm)", re.IGNORECASE)
_TIME = re.compile(r"(?:分钟|小时|天|周|个月|年|minutes?|mins?|hours?|days?|weeks?|months?)", re.IGNORECASE)
_ANEW = re.compile(r"到|至|现在|目前|\bto\b|\bnow\b", re.IGNORECASE)
_SO_FAR = re.compile(
    r"^[^.?!,，。！？]{0,40}\b(?:so far|to date|up to now|at the moment|right now|now|currently|last night|"
    r"this week)\b|^[^，,。！？\d]{0,4}了(?:\W|$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^\W*how (?:many|much) ", re.IGNORECASE)
_HOW_MANY = re.compile(r"多少|几[个家人条单]|\bhow (?:many|much|high|long|often)\b", re.IGNORECASE)
_ACRONYMS = re.compile(r"\b(?:[A-Z]{2,}\d*|[A-Z]\d+)$")
_BOUND = re.compile(r"\s?(?:以上|以内|以下|之内|封顶|or (?:more|less|fewer|above|below)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Value:
    """What a number is called, its unit, the words that say it, how sure it is measured and how sure it is set.

    `anew` when it may take the place of a value of the same name before it; `end` is where its words end.
    """

    name: str
    unit: str
    said: str
    sure: float
    limit: float
    anew: bool
    end: int


def find_metrics(lines: Sequence[Line], day: date) -> list[ItemDraft]:
    """The values of named quantities that a meeting held on `day` states, in its order.

    One value a name and line: of several, the last, which is how "from 15% to 30%" ends. Numbers that are a date, set,
    paid, aimed at or only supposed are none, nor are those that nothing beside them names.
    """
    return [draft for at in range(len(lines)) for draft in metrics_of(lines, at, day, SURE)]


def metrics_of(lines: Sequence[Line], at: int, day: date, least: float) -> list[ItemDraft]:
    """The values of named quantities that the line at a position states, those that are at least so sure."""
    line = lines[at]
    if not find_numbers(line.text):
        return []
    measures: dict[str, tuple[Measure, float]] = {}
    for measure, sure in _measures(line, lines[at - 1].text if at else "", day, least):
        measures[measure.name.casefold()] = (measure, sure)
    return [
        ItemDraft(ItemKind.METRIC, (line.index,), words_of([line.text]), round(sure, 3), measure=measure)
        for measure, sure in measures.values()
    ]


def _measures(line: Line, earlier: str, day: date, least: float) -> Iterator[tuple[Measure, float]]:
    """The numbers of a line that something names and that were measured, and how sure that is, `least` at least.
    `earlier` is the line before it."""
    said = [(one, [number for number in numbers_in(one, day) if _whole(one, number)]) for one in sentences(line.text)]
    if not any(numbers for _, numbers in said):
        return
    announced = max(weigh(earlier, Role.FIGURES), weigh(line.text, Role.FIGURES))
    name, counted = _asked(earlier)
    remote = _quantity(earlier)
    named: set[str] = set()
    for sentence, numbers in said:
        holds = 1 - weigh(sentence, Role.OPEN)
        for start, end in _clauses(sentence):
            inside = [number for number in numbers if start <= number.start < end]
            clause = sentence[start:end]
            name = name if inside else topic(clause) or name
            stated = holds * (1 - _sets(clause)) if inside else 0.0
            at = start
            for number in inside:
                held = (name, remote)
                value = _value(sentence[start : number.start], sentence[at:end], number, number.start - at, held)
                at = value.end + at if value else _end(number)
                if value and (value.anew or value.name not in named):
                    name = value.name
                    sure = either(value.sure, announced, counted) * stated * (1 - value.limit)
                    if sure >= least:
                        named.add(name)
                        plain = Decimal(f"{number.value:f}")
                        yield Measure(name, plain, value.unit, value.said, line.index), sure
                counted = 0.0


def _sets(clause: str) -> float:
    """How much a clause sets its numbers: what is agreed, put forward or promised, unless it has become so."""
    return _SET * (1 - weigh(clause, Role.MOVED)) * max(weigh(clause, role) for role in _SETTING)


def _asked(earlier: str) -> tuple[str, float]:
    """What the line before asks the number of, and how much a bare number answers that."""
    asked = sentences(earlier)[-1:]
    if not asked or not is_question(asked[0]):
        return "", 0.0
    start, end = _clauses(asked[0])[-1]
    clause = _COUNTED.sub("", asked[0][start:end])
    named = weigh(clause, Role.QUANTITY) > 0
    return topic(clause) or _quantity(clause), _ANSWER if named or _HOW_MANY.search(asked[0]) else 0.0


def _quantity(text: str) -> str:
    """The name of what a text last measures, empty where it names nothing that is measured."""
    end = last_end(text, Role.QUANTITY)
    return before(_PAUSE.split(text[:end])[-1])[0] if end is not None else ""


def _whole(sentence: str, number: Number) -> bool:
    """Whether it is a number by itself, and no part of a word, a version or a rough guess."""
    return not (
        _GLUED.search(sentence[: number.start])
        or _GOES_ON.match(sentence[_end(number) :])
        or _ROUGH.fullmatch(number.text)
    )


def _value(whole: str, clause: str, number: Number, begin: int, held: tuple[str, str]) -> _Value | None:
    """What is said of a number: `whole` is its clause up to it, `clause` what begins with its clause, or behind the
    number before, and holds it at `begin`. `held` is what was named last: in the line or the question before it, and in
    the line before, from which only a number that holds now may take its name. Null where nothing names it."""
    lead, rest = clause[:begin], clause[begin + len(number.text) :]
    per, unit = _PER.search(lead), _UNITS.match(rest)
    own, linked = before(lead)
    own = own or (counted_han(rest) if unit else after(rest) if linked else "") or topic(lead)
    lasting = unit is not None and _TIME.fullmatch(unit["unit"]) is not None
    near, remote = held
    name = own or ("" if lasting else near or remote)
    if not name:
        return None
    quantity, moved = weigh(name, Role.QUANTITY), weigh(whole, Role.MOVED)
    if lasting and not quantity and not moved:
        return None
    sized = bool(unit or number.percent or number.money)
    if not (own or near) and weigh(whole.rstrip(), Role.STANDS) < SURE:
        return None
    listed = not own and not lead.strip()
    weights = (
        quantity,
        _LISTED if listed else 0.0,
        _BESIDE if own and not linked and quantity else 0.0,
        _TRAILING if _SO_FAR.match(rest) else 0.0,
        moved,
        weigh(whole.rstrip(), Role.STANDS),
        _ACRONYM if _ACRONYMS.search(name) else 0.0,
        _UNIT if sized else 0.0,
        _UNIT if unit and _PHYSICAL.fullmatch(unit["unit"]) else 0.0,
    )
    end = begin + len(number.text) + (unit.end() if unit else 0)
    limit = 1.0 if _BOUND.match(clause[end:]) else weigh(whole.rstrip(), Role.LIMIT)
    return _Value(
        name,
        _unit(number, unit, per),
        clause[per.start() if per else begin : end].strip(),
        either(*weights) * (1.0 if own else _ELLIPTICAL),
        limit,
        bool(own) or _ANEW.search(lead) is not None,
        end,
    )


def _end(number: Number) -> int:
    """Where its words end, without the space that may follow."""
    return number.start + len(number.text)


def _unit(number: Number, unit: re.Match[str] | None, per: re.Match[str] | None) -> str:
    if number.percent:
        return "%"
    named = unit["unit"] if unit else number.text[0] if number.text[0] in "$€£¥" else ""
    return f"{named}/{per['per'].removeprefix('每')}" if per and named else named


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a text begin and end."""
    pauses = list(_PAUSE.finditer(text))
    starts, ends = [0, *(pause.end() for pause in pauses)], [*(pause.start() for pause in pauses), len(text)]
    return list(zip(starts, ends, strict=True))
