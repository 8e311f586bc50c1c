"""The names of known people as a text may spell them: whole, in part, with a title, in another case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agents.llm.redaction.finds import Find, Kind, folded
from ingestion.corrections.domain import is_nameless
from ingestion.speakers.names_heard import SURNAME_ZH, TITLES
from ingestion.text.terms import is_stop_word

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_CJK}]"
_JOINTS = r"[\s\-_.·•'’]"
_WHOLE_ZH = re.compile(rf"({SURNAME_ZH})([{_CJK}]{{1,2}})")
_BRACKETED = re.compile(r"[(（\[【<《].*?[)）\]】>》]")
_TITLES_ZH = (*TITLES.split("|"), "董", "局", "处", "部长", "老板")
_BEFORE_ZH = ("老", "小", "阿")
_ORDINARY = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "jr", "sr", "phd", "von", "van", "de", "der", "den", "del", "da",
    "di", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "the",
    "小于", "今天", "明天", "昨天", "后天", "今年", "明年", "去年", "大家", "自己", "高兴", "文明", "方案", "经理",
    "安全", "建设", "成功", "开心", "时间", "中国",
})  # fmt: skip
"""Parts of names that by themselves name nobody."""
_WORDS = frozenset({
    "art", "april", "august", "bill", "chance", "chase", "dawn", "dean", "drew", "earl", "faith", "frank", "gene",
    "grace", "grant", "guy", "hope", "ivy", "jack", "joy", "june", "king", "long", "mark", "mason", "max", "may",
    "mike", "miles", "min", "olive", "page", "pat", "rich", "rob", "rose", "sky", "song", "sue", "summer", "sun",
    "wells", "west", "white", "will", "wood", "young", "black", "brown", "day", "field", "ford", "green", "hall",
    "hill", "lane", "price", "read", "stone", "street", "can", "fan", "pan", "man", "son", "ran", "fang", "gong",
})  # fmt: skip
"""Names that are English words as well: in small letters they are taken for those."""


class Names:
    """Finds people by the names given. Different spellings of one person have one key."""

    def __init__(self, names: Sequence[str]) -> None:
        """Numbered speakers ("Speaker 1") and single characters name nobody."""
        owners: dict[str, set[str]] = defaultdict(set)
        spellings: dict[str, str] = {}
        whole: set[str] = set()
        for name in dict.fromkeys(folded(one).strip() for one in names):
            if not is_nameless(name):
                for n, spelling in enumerate(_spellings(name)):
                    key = _key(spelling)
                    owners[key].add(_key(name))
                    spellings.setdefault(key, spelling)
                    whole |= {key} if n == 0 else set()
        # who shares a part of a name with somebody else is not known by it
        self._owner = {key: key if key in whole or len(of) > 1 else next(iter(of)) for key, of in owners.items()}
        known = sorted(spellings.values(), key=len, reverse=True)
        self._latin = _pattern([one for one in known if not _has_cjk(one)], rf"(?<!{_LETTER})", rf"(?!{_LETTER})")
        self._cjk = _pattern([one for one in known if _has_cjk(one)], "", "")

    def find(self, text: str) -> Iterator[Find]:
        """Everybody who is named in a text that is `folded`, the longest names first where they begin together."""
        for pattern in (self._cjk, self._latin):
            for match in pattern.finditer(text) if pattern else ():
                key = _key(match[0])
                if not (_is_word(key) and match[0].islower()):
                    yield Find(match.start(), match.end(), Kind.PERSON, self._owner.get(key, key))


@lru_cache(maxsize=64)
def names_of(names: tuple[str, ...]) -> Names:
    """The same `Names` again for the same names: a project's are asked for with every call."""
    return Names(names)


def _spellings(name: str) -> Iterator[str]:
    """The whole name, then what else the person may be called."""
    plain = " ".join(_BRACKETED.sub(" ", name).split())
    if len(_key(name)) > 1:
        yield name
    parts = [part.strip(".,'’") for part in re.split(r"[\s/|,，、]+", plain)]
    for part in dict.fromkeys([plain, *parts]):
        if len(_key(part)) > 1 and part.lower() not in _ORDINARY:
            yield part
        yield from _spoken_zh(part)


def _spoken_zh(name: str) -> Iterator[str]:
    """What colleagues call the bearer of a Chinese name."""
    match = _WHOLE_ZH.fullmatch(name)
    if match is None:
        return
    surname, given = match.groups()
    called = [given] if len(given) == 2 else []
    called += [before + surname for before in _BEFORE_ZH] + [surname + title for title in _TITLES_ZH]
    yield from (one for one in called if one not in _ORDINARY and not is_stop_word(one))


def _key(spelling: str) -> str:
    return re.sub(_JOINTS, "", spelling).casefold()


def _is_word(key: str) -> bool:
    return len(key) <= 2 or key in _WORDS or is_stop_word(key)


def _has_cjk(text: str) -> bool:
    return re.search(f"[{_CJK}]", text) is not None


def _pattern(spellings: Sequence[str], before: str, after: str) -> re.Pattern[str] | None:
    if not spellings:
        return None
    # most places in a text begin no name: a set of first letters says so at once
    tokens = [_tokens(one) for one in spellings]
    firsts = "".join(sorted({re.escape(one[0][0]) for one in tokens}))
    wanted = "|".join(rf"{_JOINTS}*".join(map(re.escape, one)) for one in tokens)
    return re.compile(rf"{before}(?=[{firsts}])(?:{wanted}){after}", re.IGNORECASE)


def _tokens(spelling: str) -> list[str]:
    """The parts between which a text may put blanks, hyphens and dots, or nothing."""
    return [token for token in re.split(f"{_JOINTS}+", spelling) if token]
