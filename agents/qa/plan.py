"""What kind of question it is and what kind of answer it expects, read from cue words in Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from agents.qa.language import Language, language_of


class Kind(StrEnum):
    """How a question is answered."""

    FACT = "fact"
    LATEST = "latest"
    HISTORY = "history"
    ENUMERATE = "enumerate"
    EVER = "ever"
    COMPARE = "compare"
    SMALL_TALK = "small-talk"


class Expect(StrEnum):
    """What the words that answer must hold."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    REASON = "reason"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an answer."""

    kind: Kind
    expects: frozenset[Expect]
    language: Language

    @property
    def across(self) -> bool:
        """Whether the answer is drawn from several meetings."""
        return self.kind in (Kind.HISTORY, Kind.ENUMERATE, Kind.COMPARE, Kind.EVER)


def _cues(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SMALL_TALK = _cues(
    r"^\W*(?:你好|您好|嗨|哈喽|早上好|下午好|晚上好|谢谢(?:你|您)?|多谢|辛苦了|再见|拜拜|你是谁|你能做什么|你会什么|怎么用"
    r"|hi|hello|hey|thanks?(?: you)?(?: very much| a lot)?|bye|goodbye|good (?:morning|afternoon|evening)"
    r"|who are you|what can you do|help)(?:[呀啊吧]|(?: there))?\W*$"
)
_COMPARE = _cues(
    r"分别|相比|对比|比较|[比跟和与](?:上|前|之前|第)|每(?:周|次)|各(?:周|次|个|月)|[两三四五六七八九十\d]+(?:周|次会)的|从.{0,8}(?:变成|变为|涨到|降到|到)"
    r"|更(?:快|慢|高|低|多|少|好|差)|上升|下降|趋势|(?:变|降|涨|升|减|增)了?多少"
    r"|\b(?:compared?|comparison|versus|vs|respectively|each|every|trend|difference|by how much|by what)\b"
    r"|\b(?:get|got|gone|become|became) (?:\w+ )?(?:faster|slower|better|worse|higher|lower|bigger|smaller|more|less)\b"
    r"|\bfrom .+ to\b|\bwent (?:up|down)\b|\b(?:rise|rising|risen|fall|falling|drop|dropped|increased?|decreased?)\b"
)
_HISTORY = _cues(
    r"改过|变过|变了|变化|改了|调整过|推翻|反悔|历史|经过|来龙去脉|怎么(?:变|演变)|一路|为什么|为何|怎么会|原因|后来|还在吗|还是.{0,6}吗"
    r"|\b(?:changed?|moved|history|evolved?|evolution|used to|why|how come|reason|reversed?|since|any ?more|still)\b"
)
_LATEST = _cues(
    r"现在|目前|当前|如今|眼下|最新|截至|截止目前|最近一次|到底|最后|最终"
    r"|\b(?:now|currently?|latest|newest|at the moment|as of|today|these days|most recent|eventually|finally)\b"
)
_ENUMERATE = _cues(
    r"哪些|有什么|都有|列出|列一下|所有|全部|总结|汇总|概括|梳理|清单|几件|哪几|还有谁"
    r"|\b(?:list|all|every|everything|summari[sz]e|summary|overview|what are|what were"
    r"|which (?:\w+ )?(?:are|were|have|decisions|tasks|risks|questions|items))\b"
)
# asked for so plainly that no other cue counts
_LISTS = _cues(
    r"列出|列一下|列举|(?:全部|都|一共|总共).{0,6}(?:哪些|有谁|列)|哪些|哪几|还有谁"
    r"|^\W*(?:please )?(?:list|enumerate|name all)\b"
    r"|\bwhat (?:are|were) all\b|\bwho all\b|\ball (?:the |of the |our )?(?:\w+ ){1,4}(?:that|which|we|who)\b"
)
_EVER = _cues(
    r"有没有(?:人|谁|哪个|哪位)?.{0,6}(?:提|说|讨论|聊|谈)|(?:提|说|讨论|聊|谈)(?:到|起)?过.{0,16}(?:吗|没有|没)|是否.{0,6}(?:提|讨论|谈)"
    r"|\bever\b"
    r"|\b(?:has|have|did) (?:any|some)(?:one|body)\b.{0,20}\b(?:mention|rais|bring|brought|suggest|discuss|talk)"
)
_NUMBER = _cues(
    r"多少|几(?:个|次|天|周|人|单|件|笔|台|家|条|点|成|倍)|多大|多高|多快|多长|多久|预算|比例|占比|百分之|价格|版本|成本|费用"
    r"|\bhow (?:many|much|long|fast|big|large|high|often|old|far)\b"
    r"|\bwhat(?:'s|’s)? (?!(?:do|does|did|has|have|had)\b)(?:\w+ ){0,4}?(?:price|cost|budget|numbers?|share|percentage"
    r"|percent|rate|version|amount|limit|target|value|size|ratio|figures?|minimum|maximum)\b"
)
# "when" asks at the beginning, before a verb and after a word of knowing; elsewhere it names an occasion
_DATE = _cues(
    r"什么时候|何时|哪天|哪一天|几号|几月|哪个?月|哪周|日期|截止|期限|到期|时间点|哪年"
    r"|(?:^\W*|\b(?:and|or|by|since|until|till|from|know|tell (?:me|us)|say|says|said|decided?|clear) )when\b"
    r"(?! \w+ing\b)"
    r"|\bwhen (?:is|are|was|were|do|does|did|will|would|can|could|shall|should|must|has|have|had)\b"
    r"|\bwhat (?:date|day|time)\b|\bwhich (?:day|date|week|month)\b"
    r"|\bhow soon\b|\bdeadline\b|\bdue\b(?! (?:to|attention|course|respect)\b)|\bdates?\b"
)
_PERSON = _cues(r"谁|哪位|哪个人|什么人|负责人|\b(?:who|whom|whose)\b|\bwhich person\b")
_REASON = _cues(r"为什么|为何|怎么会|原因|凭什么|\bwhy\b|\bhow come\b|\breasons?\b")
_YES_NO = _cues(
    r"(?:吗|(?<![什怎这那多])么)[？?。]?$|是不是|有没有|是否|能不能|会不会|要不要|行不行|了没有|了没|没有[？?]$"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
    r"|, (?:has|have|is|did|does|was|were) \w+"
)
_EXPECTATIONS = (
    (Expect.NUMBER, _NUMBER),
    (Expect.DATE, _DATE),
    (Expect.PERSON, _PERSON),
    (Expect.REASON, _REASON),
    (Expect.YES_NO, _YES_NO),
)


def plan_question(question: str) -> Plan:
    """The plan for a question that stands by itself."""
    asked = question.strip()
    expects = frozenset(expect for expect, cues in _EXPECTATIONS if cues.search(asked))
    return Plan(_kind(asked, expects), expects, language_of(asked))


def _kind(question: str, expects: frozenset[Expect]) -> Kind:
    if _SMALL_TALK.match(question):
        return Kind.SMALL_TALK
    if _EVER.search(question) and Expect.YES_NO in expects:
        return Kind.EVER
    if _LISTS.search(question):
        return Kind.ENUMERATE
    if _COMPARE.search(question):
        return Kind.COMPARE
    if _LATEST.search(question):
        return Kind.LATEST
    if _HISTORY.search(question):
        return Kind.HISTORY
    if _ENUMERATE.search(question):
        return Kind.ENUMERATE
    return Kind.LATEST if expects & {Expect.NUMBER, Expect.DATE, Expect.PERSON, Expect.YES_NO} else Kind.FACT
