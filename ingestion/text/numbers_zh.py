"""Spoken Chinese numbers as a colleague would write them: 百分之九十八点二 -> 98.2%, 十五万 -> 15万.

A scanner: at each place the first rule that matches decides, and may leave the words as they are. What reads as a
plain word, an idiom, a holiday or an approximate number (三四十) is left; so are small counts (三个).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from ingestion.text.numerals import DIGITS, SCALES, cardinal, decimal, digits, short_form

Rewrite = tuple[str, int]
"""What to write, and where in the text to go on."""

_D = "零〇一二三四五六七八九"
_N = "(?:(?![百千万]分之)[零〇一幺二两三四五六七八九十百千万亿])+"
_DECIMAL = f"{_N}(?:点[{_D}]+)?"

_KEEP = (
    "万一|统一|唯一|之一|同一|任一|逐一|单一|专一|合一|不一|其一|划一|归一|一一|一点一点|一点一滴|一点点"
    "|三七二十一|一五一十|二百五(?![十点万])|七七八八|三三两两|三六九等|十有八九|十之八九|八九不离十|九九八十一"
    "|三百六十行|三十六计|三十而立|四十不惑|十万八千里|十万火急|双十[一二]?|大?年三十|百分百"
    f"|{_N}分之{_N}|(?<![一二两三四五六七八九十几半数])(?:周|星期|礼拜)[一二三四五六日天]"
    f"(?:(?![十百千万])|(?=百分之|十[一二]?点))|(?<![一二两三四五六七八九十几半数])(?:周|星期|礼拜){_N}"
)
_PERCENT = rf"(?P<per>[百千])分之(?P<share>百|{_DECIMAL})(?:(?P<to>[到至])(?:(?P=per)分之)?(?P<share2>{_DECIMAL}))?"
_PERCENTILE = f"(?<![A-Za-z])[Pp] ?(?P<rank>{_N})"
_VERSION = (
    "(?<![A-Za-z])(?P<product>(?:iOS|iPadOS|macOS|Android|iPhone|Windows|Python|Java|GPT|IPv|HTTP|Web|[VvQ]) ?)"
    f"(?P<version>{_DECIMAL})(?![次个起些点下直定样种条])"
)
_CLOCK = (
    f"(?P<hour>二?十[一二三四五六七八九]?|[零一二两三四五六七八九])点"
    f"(?:(?P<mark>钟|半|整|(?=[一三]刻))|(?P<minute>[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])"
    f"(?![一二三四五六七八九点])(?P<minutes>分(?!之))?|(?![{_D}十]))"
)
_MONTH = "(?P<month>十[一二]?|[一二三四五六七八九])月(?!一次|亮|球)"
_DAY = (
    "(?P<day>三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    "(?:号|(?<=月[一二三四五六七八九])日|(?<=十)日|(?<=十[一二三四五六七八九])日)"
)
_RUN = f"(?P<whole>{_N})(?:点(?P<fraction>[{_D}]+)(?P<scale>[万亿])?)?"
_RULE = re.compile(
    f"(?P<keep>{_KEEP})|(?P<percent>{_PERCENT})|(?P<percentile>{_PERCENTILE})|(?P<release>{_VERSION})"
    f"|(?P<date>{_MONTH}|{_DAY})|(?P<clock>{_CLOCK})|(?P<run>{_RUN})"
)

# Longer than anything a rule looks for behind a number.
_LOOK_AHEAD = 24
_COUNTERS = frozenset(
    "个名位人条项次遍件台家款种类批期版页行层级楼岁年月日天周季秒点元块笔单票张份套辆场节步轮组多倍米吨号"
)
_UNITS = re.compile(
    "毫秒|微秒|纳秒|秒(?!杀)|分钟|个?小时|公里|公斤|美元|元(?!素)|兆|倍|折|ms|[KMGTkmg]?[Bb](?![a-z])|[KMG](?![A-Za-z])|%"
)
_TIME_BEFORE = re.compile(
    r"(?:上午|下午|早上|早晨|晚上|中午|凌晨|傍晚|夜里|半夜|今晚|明晚|昨晚|今早|明早|今天|明天|后天|昨天"
    r"|[号日]|(?:周|星期|礼拜)[一二三四五六日天]|点[半钟]?[到至])\s*$"
)
_TIME_AFTER = re.compile(f"\\s*(?:开会|开始|左右|见|[到至]{_N}点)")
_PAUSE = re.compile(r"\s*(?:$|[，。！？、；：,.!?;:]|之?前|以后|左右|开|见|的会|[到至])")
_APPROXIMATE = re.compile("[一二两三四五六七八九][到至、]$")
_VAGUE_ONE = re.compile("[快慢早晚多少好大小高低差有再]$")
# 快一点三个人 is "a bit", then three.
_AFTER_A_BIT = tuple("月号点个次条种位")
_SPLIT_OFF = re.compile("[年月天周个次人位季]|小时")
_HOLIDAY = re.compile("放假|假期|长假|黄金周|期间|国庆|之?前|之?后|回来|节")


def rewrite(text: str, skip: Callable[[int, int], int]) -> list[tuple[int, int, str]]:
    """The changes to make, as (start, end, new text) in order. `skip(start, end)` is 0, or where to go on when the
    stretch must not be touched."""
    changes: list[tuple[int, int, str]] = []
    at = 0
    while match := _RULE.search(text, at):
        start = match.start()
        if beyond := skip(start, match.end()):
            at = beyond
            continue
        written, at = _apply(match, text)
        if written != text[start:at]:
            changes.append((start, at, written))
    return changes


def _apply(match: re.Match[str], text: str) -> Rewrite:
    same = match[0], match.end()
    if match.lastgroup == "keep" or match["keep"]:
        return same
    before = text[max(0, match.start() - 12) : match.start()]
    if before[-1:].isdigit() or before[-1:] in (".", "几"):
        return same
    for rule, handle in _HANDLERS.items():
        if match[rule]:
            return handle(match, text, before) or same
    return same


def _percent(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    sign = "%" if match["per"] == "百" else "‰"
    first = "100" if match["share"] == "百" else decimal(match["share"])
    second = decimal(match["share2"]) if match["share2"] else None
    if first is None or text.startswith(("几", "点"), match.end()) or (match["share2"] and second is None):
        return None
    upper = f"{match['to']}{second}{sign}" if second else ""
    return f"{first}{sign}{upper}", match.end()


def _percentile(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    rank = digits(match["rank"]) or decimal(match["rank"])
    if rank is None or len(rank) < 2 or text[match.end() : match.end() + 1] in _COUNTERS:
        return None
    return f"P{rank}", match.end()


def _release(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    version = decimal(match["version"])
    return (f"{match['product']}{version}", match.end()) if version else None


def _date(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    number = match["month"] or match["day"]
    value = cardinal(number)
    if before.endswith(("第", "个", "半")) or value is None:
        return None
    return f"{value}{match[0][len(number) :]}", match.end()


def _clock(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    hour = DIGITS[match["hour"]] if match["hour"] in DIGITS else cardinal(match["hour"])
    minute, after = match["minute"], text[match.end() : match.end() + _LOOK_AHEAD]
    timed = bool(_TIME_BEFORE.search(before))
    if before.endswith("第") or hour is None or hour > 24:
        return None
    if minute and minute[0] in "零〇":
        if not (match["minutes"] or timed):
            return _run_at(text, match.start(), before)
        return f"{hour}点0{DIGITS[minute[1]]}{match['minutes'] or ''}", match.end()
    if minute:
        return f"{hour}点{cardinal(minute)}{match['minutes'] or ''}", match.end()
    if match["mark"] is None:
        clear = timed or hour >= 10 or bool(_TIME_AFTER.match(after))
        if not clear or (hour == 1 and not _PAUSE.match(after)):
            return None
    return f"{hour}点{match['mark'] or ''}", match.end()


def _run_at(text: str, start: int, before: str) -> Rewrite | None:
    match = _RUN_ONLY.match(text, start)
    return _run(match, text, before) if match else None


_RUN_ONLY = re.compile(_RUN)


def _run(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    if match["fraction"]:
        return _fraction(match, text, before)
    whole, end = match["whole"], match.end()
    after = text[end : end + _LOOK_AHEAD]
    if after.startswith("几"):
        return None
    if all(char in DIGITS for char in whole):
        written = _one_digit(whole, before, after) if len(whole) == 1 else _digit_run(whole, after)
        return (written, end) if written else None
    if _SPLIT_OFF.match(after) and whole[-1] in "一两" and whole[-2] in "百千万亿":
        whole, end = whole[:-1], end - 1
    value = cardinal(whole)
    if value is None and (first := re.match(".*[万亿]", whole[:-1])):
        # 七十万一百二十平 are two numbers.
        whole, end = first[0], match.start() + first.end()
        value = cardinal(whole)
    if value is None or not _is_number(whole, before, after):
        return None
    return short_form(value), end


def _fraction(match: re.Match[str], text: str, before: str) -> Rewrite | None:
    after = text[match.end() : match.end() + _LOOK_AHEAD]
    if match["whole"] == "一" and (_VAGUE_ONE.search(before) or after.startswith(_AFTER_A_BIT)):
        return "一点", match.start() + 2
    number = decimal(f"{match['whole']}点{match['fraction']}")
    if number is None or before.endswith("第") or re.match("[零〇].", match["whole"]):
        return None
    scale = match["scale"] or ""
    if not scale and match["whole"][-1] in SCALES:
        # 一万点五: no one says it.
        return None
    return f"{Decimal(number):f}{scale}", match.end()


def _one_digit(digit: str, before: str, after: str) -> str | None:
    """A single digit is written as one before a hard unit or in a range up to a larger number; else it is a word."""
    if digit in "零〇" or before.endswith("第"):
        return None
    upper = re.match(f"[到至]({_N})", after)
    # 三到五百 are hundreds on both sides.
    if upper and upper[1][0] in "十一二三四五六七八九" and "十" in upper[1] and 10 <= (cardinal(upper[1]) or 0) < 100:
        return str(DIGITS[digit])
    dual = digit == "二" and after.startswith("元")
    return str(DIGITS[digit]) if digit not in "一幺" and not dual and _UNITS.match(after) else None


def _digit_run(run: str, after: str) -> str | None:
    """Digits read one by one: years and codes. 三四 and 一二三 are approximate, or counting."""
    values = [DIGITS[char] for char in run]
    steps = {second - first for first, second in pairwise(values)}
    if "两" in run or run == "三五" or steps == {1} or (steps == {-1} and len(run) > 2):
        return None
    code = len(run) > 3 or (len(run) == 3 and re.search("[零〇幺]", run))
    return digits(run) if code or (len(run) == 2 and after.startswith("年")) else None


def _is_number(whole: str, before: str, after: str) -> bool:
    """Whether a well-formed numeral with units is meant as a number here."""
    if whole[0] in "百千万亿" or (whole[0] == "十" and before.endswith(("数", "好"))):
        return False
    if _APPROXIMATE.search(before) and len(whole) == 2 and whole[1] in "百千万亿":
        return False
    counted = after[:1] in _COUNTERS or bool(_UNITS.match(after))
    if whole == "十":
        return (counted or before.endswith(("到", "至"))) and not before.endswith("第")
    if whole == "十一":
        return counted and not _HOLIDAY.match(after) and not before.endswith("国庆")
    return True


_HANDLERS: dict[str, Callable[[re.Match[str], str, str], Rewrite | None]] = {
    "percent": _percent,
    "percentile": _percentile,
    "release": _release,
    "date": _date,
    "clock": _clock,
    "run": _run,
}
