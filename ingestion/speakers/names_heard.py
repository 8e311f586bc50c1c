"""Names that people call each other in a meeting: hints at who speaks, never proof."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ingestion.text.terms import is_common_word

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
)
TITLES = "工|总|哥|姐|老师|经理|博士|教授|主任|校长|律师|医生|院长|同学"
"""What follows a surname when a person is spoken of, as alternatives of a pattern."""
_GIVEN_ZH = r"[^你我他她您的\W\d_a-zA-Z]{1,2}?"
SURNAME_ZH = rf"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|[{_SURNAMES}])"
"""A Chinese surname, as a pattern."""
_TITLED_ZH = rf"{SURNAME_ZH}(?:{TITLES})|[老小][{_SURNAMES}]"
_NAME_ZH = rf"{_TITLED_ZH}|{SURNAME_ZH}{_GIVEN_ZH}"
_WORD_EN = r"(?:[A-Z]['’])?[A-Z][a-z]+(?!['’]?[a-zA-Z])"
_NAME_EN = rf"{_WORD_EN}(?:[ -]{_WORD_EN})?"
_TO_YOU = r"(?:(?:can|could|would|will|do|did|are|have|what|how|where|when)\b[^.?!]{0,20}\byou|please|you)\b"
_END_ZH = r"(?=[，,。！!？?、；\s]|$)"

_NEAR_LINES = 3
"""Who is spoken to answers within so many lines; who is thanked spoke within so many before."""

_NO_NAMES = frozenset({
    "ah", "all", "alright", "and", "april", "august", "but", "chair", "december", "dr", "everybody", "everyone",
    "february", "folks", "friday", "good", "great", "guys", "he", "hello", "hey", "hi", "how", "i", "it",
    "january", "july", "june", "madam", "march", "may", "minister", "monday", "mr", "mrs", "ms", "no",
    "november", "now", "october", "oh", "ok", "okay", "please", "right", "saturday", "september", "she", "sir",
    "so", "sorry", "sunday", "sure", "team", "thank", "thanks", "that", "the", "then", "there", "they", "this",
    "thursday", "tuesday", "uh", "um", "we", "wednesday", "well", "what", "when", "where", "which", "who",
    "why", "yeah", "yes", "you",
})  # fmt: skip


class Calls(StrEnum):
    """How a name was said of a speaker."""

    INTRODUCED = "introduced"
    ADDRESSED = "addressed"
    THANKED = "thanked"


_FRAMES: Mapping[Calls, Sequence[str]] = {
    Calls.INTRODUCED: (
        rf"我(?:是|叫|这边是)(?P<n>{{zh}}){_END_ZH}",
        r"\b(?i:i'm|i am|this is|my name is|my name's) (?P<n>{en})\b",
        r"^(?P<n>{en}) (?i:here|speaking)\b",
    ),
    Calls.ADDRESSED: (
        r"(?P<n>{zh})[，,]?\s*[你您](?:来|先|说|讲|那边|怎么看|怎么样|觉得|看|呢|能|可以|有)",
        r"(?:请|有请|让)(?P<n>{zh})(?:来|先|说|讲|介绍|发言|分享|补充|汇报)",
        rf"\b(?P<n>{{en}}), (?i:{_TO_YOU})",
        r"\b(?i:over to you|go ahead|(?:what|how) about you|your turn|what do you think|any thoughts),? (?P<n>{en})\b",
        r"\b(?i:over to|let's hear from) (?P<n>{en})\b",
    ),
    Calls.THANKED: (
        rf"(?:谢谢|感谢|多谢)(?P<n>{{zh}}){_END_ZH}",
        r"\b(?i:thanks|thank you),? (?P<n>{en})\b",
    ),
}


class SpokenLine(Protocol):
    """What is needed of a line; `voice` is the number of the voice that was heard."""

    @property
    def index(self) -> int:
        """Position in the meeting."""
        ...

    @property
    def text(self) -> str:
        """The words said."""
        ...

    @property
    def voice(self) -> int | None:
        """Number of the voice, null where none was heard."""
        ...


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name by which a speaker may be called: how often it was said of them, and in which line first, and how."""

    name: str
    times: int
    line: int
    calls: Calls


def names_heard(lines: Sequence[SpokenLine], known: Iterable[str] = ()) -> dict[int, list[NameHeard]]:
    """By number of the voice, the names that were said of it: by itself first, then those said most often.

    `known` are names of the project, which are recognised whatever they look like. Any other counts when it looks like
    a name and is no ordinary word.
    """
    names = _Names(known, (line.text for line in lines))
    said: dict[tuple[int, str], list[tuple[Calls, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        for calls, name in names.called_in(line.text):
            voice = _of(lines, at, calls)
            if voice is not None:
                said[voice, name].append((calls, line.index))
    found: dict[int, list[NameHeard]] = defaultdict(list)
    for (voice, name), places in said.items():
        calls, line = min(places, key=lambda place: (list(Calls).index(place[0]), place[1]))
        found[voice].append(NameHeard(name, len(places), line, calls))
    return {voice: sorted(heard, key=_likest_first) for voice, heard in found.items()}


class _Names:
    """Finds the names that a line calls somebody by."""

    def __init__(self, known: Iterable[str], texts: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._lower = frozenset(word for text in texts for word in re.findall(r"(?<![A-Za-z'’])[a-z]+", text))
        listed = "|".join(re.escape(name) for name in sorted(self._known, key=len, reverse=True))
        forms = {code: f"(?:{listed}|{form})" if listed else f"(?:{form})" for code, form in _FORMS.items()}
        self._frames = [
            (calls, re.compile(frame.replace("{zh}", forms["zh"]).replace("{en}", forms["en"])))
            for calls, frames in _FRAMES.items()
            for frame in frames
        ]

    def called_in(self, text: str) -> Iterator[tuple[Calls, str]]:
        """How somebody is called in a line, and by which name."""
        for calls, frame in self._frames:
            for match in frame.finditer(text):
                if self._is_name(name := match["n"]):
                    yield calls, name

    def _is_name(self, name: str) -> bool:
        if name in self._known:
            return True
        if name.isascii():
            return not any(word in _NO_NAMES or word in self._lower for word in name.lower().split())
        return re.fullmatch(_TITLED_ZH, name) is not None or not is_common_word(name)


_FORMS = {"zh": _NAME_ZH, "en": _NAME_EN}


def _of(lines: Sequence[SpokenLine], at: int, calls: Calls) -> int | None:
    """The number of the voice that is called by a name in this line."""
    if calls is Calls.INTRODUCED:
        return lines[at].voice
    before = lines[max(0, at - _NEAR_LINES) : at][::-1]
    beside = before if calls is Calls.THANKED else lines[at + 1 : at + 1 + _NEAR_LINES]
    return next((line.voice for line in beside if line.voice not in (None, lines[at].voice)), None)


def _likest_first(heard: NameHeard) -> tuple[bool, int, int]:
    return heard.calls is not Calls.INTRODUCED, -heard.times, heard.line
