"""What a number is called: the words beside it, without links, fillers and pronouns."""

from __future__ import annotations

import re

from agents.qa.language import has_han

REACH = 60
"""Characters before a number in which its name stands."""

LONGEST = 5
"""Latin words of a name."""

_LONGEST_HAN = 24
_SHORTEST = 2
_COUNTED = 3
_GRAMMAR = "rmdpcy"

_LINK = re.compile(
    r"(?:[\s,，]|是|为|在|达到|到|降至|涨至|升至|(?:只|还|就)?剩下?|(?:只|还|就)?有|现在|目前|当前|今天|这周|本周|上周|这个月|上个月|本月|"
    r"上次|这次|月初|月底|大概|大约|差不多|约|将近|已经|反而|又|也|就|才|都|还|仍|一共|总共|累计|平均|"
    r"(?:降|涨|升|掉|跌|提|跳|滑|增加?|减少?|上升|下降|提高|提升|缩短|回升|回落|测)(?:到了|出来|[了到至为得])?|能?扛到|能?跑到|可以|每(?:秒|天|小时|分钟|周|月)|从|由|高出?|低|(?:一次|平均)要|[呢嘛吧啊呃嗯了的？?。！!]|"
    r"\b(?:is|are|was|were|at|to|from|on|up|down|back|now|currently|about|around|roughly|nearly|almost|only|just|"
    r"still|already|stands?|"
    r"sits?|went|gone|dropped|fell|fallen|rose|risen|climbed|grew|grown|jumped|improved|hit|reached|averages?|"
    r"averaging|of|has|have|had|got|"
    r"some|like|um|uh|exactly|as|by|a|an|the|so|far|today|we|there|i|you|and|or|moved|increased|decreased)|['’](?:s|"
    r"re|ve|m))$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:[\s,，\W]|呃|嗯|那么?|然后|现在|目前|当前|这周|上周|本周|我们的?|咱们的?|还有|另外|其中|首先|对了|不过|但是?|而且|就是|所以|今年|这个月|月初|"
    r"(?:and|but|so|then|um|uh|well|okay|ok|now|also|the|our|its|their|a|an|overall|currently|today|that|this|those|"
    r"these|yeah|right|like)\b)",
    re.IGNORECASE,
)
# fmt: off
_STOP = frozenset((
    "i", "you", "we", "he", "she", "it", "they", "me", "us", "them", "my", "your", "his", "her", "this", "that",
    "these", "those", "there", "here", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "have",
    "has", "had", "got", "get", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "not",
    "no", "yes", "and", "or", "but", "so", "if", "when", "while", "because", "as", "at", "by", "for", "from", "in",
    "into", "on", "onto", "to", "of", "off", "out", "with", "about", "than", "then", "some", "any", "all", "most",
    "many", "much", "more", "less", "few", "every", "each", "both", "one", "who", "which", "what", "where", "how",
    "why", "just", "only", "even", "also", "too", "very", "really", "quite", "like", "maybe", "well", "now", "still",
    "already", "back", "said", "say", "says", "think", "know", "mean", "see", "go", "going", "gonna", "wanna", "come",
    "came", "made", "make", "take", "took", "put", "need", "want", "let", "people", "thing", "things", "ve", "re",
    "ll", "s", "m", "d", "t", "oh", "yep", "yup", "alright", "since", "cause", "basically", "probably", "sort",
    "kind", "uh", "um", "hmm", "actually", "hundred", "thousand", "million", "moment", "although", "having", "gotta",
    "takes",
))
# fmt: on
_CUT = re.compile(
    r"[也都就又还才很太已没不]|现在|目前|多少|几[个家人条单]|反而|已经|我们?|你们?|他们?|她们?|大家|一直|这周|上周|本周|把|被|让"
)
_LATIN = re.compile(r"[A-Za-z0-9][\w./+-]*")
_NEXT = re.compile(r"\s+([A-Za-z][\w-]*)")
_AFTER_HAN = re.compile(r"[个位名家所件台条份通次笔]([\u4e00-\u9fff]{2,6})(?=\W|$)")
_NAMELESS = re.compile(
    r"[\d\s\W]*|[这那它其]个?|up|一下|上下|左右|结果|数据|指标|数字|情况|时候|最后|[一二三四五六七八九十]+月|第[一二三四五]?"
)


def before(text: str) -> tuple[str, bool]:
    """The name that `text`, which ends where a number begins, gives it, and whether words link the two.

    Empty where it gives none.
    """
    near = text[-REACH:].rstrip()
    rest = _unlinked(near)
    return _tail(_led(rest)), len(rest) < len(near)


def after(text: str) -> str:
    """The things that are counted: up to three Latin words that follow a number, until grammar begins."""
    end = at = 0
    for _ in range(_COUNTED):
        word = _NEXT.match(text, at)
        if word is None or word.group(1).lower() in _STOP:
            break
        end = at = word.end()
    return text[:end].strip()


def counted_han(text: str) -> str:
    """The things that are counted by a Chinese number and its measure word, with which `text` begins: 个家庭."""
    named = _AFTER_HAN.match(text)
    return _valid(named.group(1)) if named else ""


def topic(text: str) -> str:
    """What a clause without a number is about: its words until its predicate begins. Empty where there are none."""
    led = _led(text[:REACH])
    if has_han(led):
        cut = _CUT.search(led)
        return _valid(_unlinked(led[: cut.start()] if cut else led))
    end = words = 0
    for word in _LATIN.finditer(led):
        if word.group().lower() in _STOP or words == LONGEST:
            break
        end, words = word.end(), words + 1
    return _valid(led[:end].strip(" ,"))


def _tail(text: str) -> str:
    """The last words of a subject, from its last pronoun, verb or other word of grammar on."""
    if has_han(text):
        cuts = list(_CUT.finditer(text))
        return _valid(text[cuts[-1].end() :].strip() if cuts else text)
    start, words = len(text), 0
    for word in reversed(list(_LATIN.finditer(text))):
        if word.group().lower() in _STOP or words == LONGEST:
            break
        start, words = word.start(), words + 1
    return _valid(text[start:].strip())


def _led(text: str) -> str:
    while text and (match := _LEAD.match(text)):
        text = text[match.end() :]
    return text


def _unlinked(text: str) -> str:
    while text and (match := _LINK.search(text)):
        text = text[: match.start()]
    return text


def _valid(name: str) -> str:
    name = name.strip(" .,，。")
    han = has_han(name)
    longest = _LONGEST_HAN if han else REACH
    if not _SHORTEST <= len(name) <= longest or _NAMELESS.fullmatch(name):
        return ""
    return name if not han or _is_noun(name) else ""


def _is_noun(name: str) -> bool:
    """Whether Chinese words may name a thing: no pronoun, numeral, adverb or preposition among them."""
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(name)
    return not any(tag[0] in _GRAMMAR and has_han(word) for word, tag in tagged)
