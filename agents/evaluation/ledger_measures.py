"""Numbers and units of a metric, as the truth writes them and as they were found."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from agents.evaluation.ledger_records import GoldItem
from agents.ledger.domain import ItemDraft
from agents.qa.numbers import find_numbers

_SPELLINGS = {
    "%": ("percent", "per cent", "％", "百分之"),
    "ms": ("millisecond", "milliseconds", "毫秒"),
    "s": ("sec", "second", "seconds", "秒", "秒钟"),
    "min": ("minute", "minutes", "分钟"),
    "h": ("hr", "hour", "hours", "小时"),
    "d": ("day", "days", "天"),
    "cny": ("yuan", "rmb", "元", "人民币", "¥"),
    "usd": ("dollar", "dollars", "美元", "$"),
    "eur": ("euro", "euros", "欧元", "€"),
    "gbp": ("pound", "pounds", "英镑", "£"),
}
_UNIT = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in (unit, *spellings)}
_COUNTED = ("", "count")
"""What the truth calls the unit where things are counted. Their name, or nothing, is then right."""


def same_value(found: ItemDraft, gold: GoldItem) -> bool:
    """Whether both have a number, and it is the same."""
    return found.measure is not None and gold.value is not None and found.measure.value == _number(gold.value)


def same_unit(found: ItemDraft, gold: GoldItem) -> bool:
    """Whether the unit is the same, however it is spelled. Where things are counted, any unit that is none of money,
    time or shares is right."""
    own, other = _unit(found.measure.unit if found.measure else ""), _unit(gold.unit or "")
    return own not in _SPELLINGS if other in _COUNTED else own == other


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return next((number.value for number in find_numbers(text)), None)


def _unit(text: str) -> str:
    folded = text.strip().casefold()
    return _UNIT.get(folded, folded)
