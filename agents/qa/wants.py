"""What a question wants of the ledger: which kinds of matters, how they stand, by when they are due, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from agents.ledger.domain import ItemKind
from agents.qa.dates import DateMention, find_dates
from agents.qa.spans import name_parts
from agents.qa.time_words import anchor_of
from agents.qa.words import content_terms


class Standing(StrEnum):
    """How the matters that are asked for stand."""

    OPEN = "open"
    OVER = "over"
    DROPPED = "dropped"
    OVERDUE = "overdue"
    GROWING = "growing"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Wants:
    """Restrictions that hold together; empty and null mean none.

    `due` are the first and last day by which a matter is due; `has_due` asks only for what has a day; `topic` are the
    content words that say what the matters are about.
    """

    kinds: tuple[ItemKind, ...] = ()
    standing: Standing | None = None
    due: tuple[date, date] | None = None
    has_due: bool = False
    topic: tuple[str, ...] = ()


def _cues(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ASKED_ZH = (
    r"(?:哪(?!一?[天年月周次]|里|儿|位)|什么(?!时候|时间)|列|所有|全部|清单|有没有"
    r"|几[个项条件]|多少[个项条件]?|汇总|总结|梳理)"
)
_ASKED_EN = (
    r"\b(?:which|what|any|all|every|list|show|give|name|summari[sz]e|overview|open|outstanding|pending|unresolved"
    r"|overdue|how many)\b"
)


_NOUNS = {
    ItemKind.DECISION: ("决定|决议|规定|规矩|约定", "decisions?|agreements?|rules"),
    ItemKind.COMMITMENT: (
        "待办|任务|承诺|行动项|跟进(?:事)?项",
        "action items?|actions|to-?dos?|tasks?|commitments?|promises?|follow-ups?|deliverables?|assignments?",
    ),
    ItemKind.QUESTION: (
        "(?<!什么)问题|疑问|未决|悬而未决|分歧",
        "(?:open|unresolved|unanswered|outstanding) (?:questions?|issues?|points?)|questions|undecided",
    ),
    ItemKind.RISK: ("风险|隐患", "risks?|dangers?|threats?"),
    ItemKind.METRIC: ("指标", "metrics?|figures?|kpis?"),
}
"""What matters of a kind are called, in Chinese and English."""
_DEEDS = {
    ItemKind.DECISION: ("决定|敲定|商定|拍板|定(?!义|价)", "decided?|agreed?|settled?"),
    ItemKind.COMMITMENT: (
        "答应|承诺|认领|领|负责|欠|该做|要做|要交|该交|保证",
        r"owes?|promised?|committed?|sign(?:ed)? up for|takes? on|took on|take on|ha(?:ve|s) to do(?=\W*$)",
    ),
    ItemKind.QUESTION: (
        "没定|没决定|没想好|待定",
        "unresolved|unanswered|left open|still open|not (?:yet )?(?:decided|settled|resolved)",
    ),
}
"""What people do by which such a matter comes about."""
_DEED_EN = r"\b(?:what(?:(?:'s|’s)| (?:all |else )?(?:did|do|does|has|have|had|was|were|is|are))|who(?= \w+ what\b))\b"


def _asked(kind: ItemKind) -> re.Pattern[str]:
    """Cues of a kind: its name beside a word that asks, or a deed of which is asked what."""
    zh, en = _NOUNS[kind]
    forms = [
        rf"{_ASKED_ZH}[^，。？?]{{0,12}}(?:{zh})",
        rf"(?:{zh})[^，。？?]{{0,10}}{_ASKED_ZH}",
        rf"{_ASKED_EN} (?:[\w'’-]+ ){{0,3}}?(?:{en})\b",
    ]
    if kind in _DEEDS:
        zh, en = _DEEDS[kind]
        forms += [rf"(?:{zh})(?:了|过|好|下)?[^？?]{{0,10}}{_ASKED_ZH}", rf"{_DEED_EN}[^?]{{0,40}}\b(?:{en})\b"]
    return _cues("|".join(forms))


_KINDS = {kind: _asked(kind) for kind in _NOUNS}
_NAMING = [_cues(rf"{zh}|\b(?:{en})\b") for zh, en in (*_NOUNS.values(), *_DEEDS.values())]
_STANDING = (
    (
        Standing.DROPPED,
        _cues(
            r"(?:再也?|就)没(?:人|有人|谁)?(?:再)?(?:提|说|管|跟进)|没(?:人|有人)(?:再)?(?:提|管|跟进|理)|不了了之|石沉大海|没了下文|没下文"
            r"|\bnever (?:\w+ )?(?:came up|come up|mentioned|spoken of|heard of|followed up|brought up)\b(?: again)?"
            r"|\bdropped\b"
            r"|\bfell through\b|\bslipped through\b|\bforgotten\b"
            r"|\bnobody (?:\w+ )?(?:mention|follow|talk|spoke|raise)\w*\b"
        ),
    ),
    (Standing.OVERDUE, _cues(r"逾期|过期|过了期|超期|拖延|已经?到期|\boverdue\b|\bpast due\b|\blate\b")),
    (Standing.GROWING, _cues(r"加重|变?更?严重了|恶化|变大|升高|\b(?:worse|worsened|growing|grew|grown|escalat\w+)\b")),
    (
        Standing.OPEN,
        _cues(
            r"[未没](?:有)?(?:完成|做完|解决|关闭|了结|答复|定|决|结论|交|还|处理|落实)|还(?:欠|差|剩|要|在|开着)|未了|待办|待定|悬而未决|尚未"
            r"|\b(?:open|outstanding|pending|unresolved|unanswered|undecided|unfinished|incomplete|remaining|still|left)\b"
            r"|\bnot (?:yet )?(?:done|finished|resolved|decided|settled|closed)\b|\bowes?\b"
        ),
    ),
    (
        Standing.OVER,
        _cues(
            r"(?:已经?)?(?:完成|做完|解决|关闭|了结|答复|解除|办完|落实)了?|\b(?:done|finished|completed?|closed|resolved|answered|delivered)\b"
        ),
    ),
    (
        Standing.CHANGED,
        _cues(
            r"改过|变过|改了|推翻|变更|调整过|改期|\b(?:changed|reversed|revised|moved|overturned|re-?dated|postponed)\b"
        ),
    ),
)
_ANY_OPEN = _cues(
    r"(?:什么|哪些)(?:事情?|东西|工作)?还?[没未](?:有)?(?:做完|完成|解决|定|了结|办|处理|落实)"
    r"|\bwhat(?:'s|’s| is| are) (?:still |left )?(?:open|outstanding|pending|unresolved|unfinished|left|to do)\W*$"
)
_ANY_OVERDUE = _cues(
    r"(?:什么|哪些)(?:事情?|东西|工作)?(?:已经)?(?:逾期|过期|超期)|\bwhat(?:'s|’s| is| are) (?:\w+ )?overdue\b"
)
_PAST_DUE = (Standing.DROPPED, Standing.OVERDUE)
_DUE = _cues(r"到期|截止|要交|该交|\bdue\b|\bdeadlines\b")
_WHEN = _cues(r"什么时候|什么时间|何时|哪一?[天周月]|几号|\bwhen\b|\b(?:what|which) (?:date|day|time|week)\b")
_ASKS_DUE = _cues(r"哪|什么|列|所有|全部|有没有|\b(?:what|which|list|show|anything|everything|all|any)\b")
_UNTIL = _cues(r"\b(?:by|before|until|till) (?:the )?$")
_UNTIL_AFTER = _cues(r"\s?(?:之前|以前|前)")
_WHY = _cues(r"为什么|为何|怎么会|原因|\bwhy\b|\bhow come\b|\breasons?\b")
_GENERIC = _cues(
    r"会议|会上|会里|项目|团队|事情?|内容|名单|目前|手上|分别|一下|这几[次周]会?|关于|方面|相关|还有|全部|所有|列(?:出来?)?|汇总|总结|梳理"
    r"|\b(?:lists?|show|give|name|items?|things?|matters?|points?|project|team|so far|everyone|everybody|anything"
    r"|everything|every|open|still|about|regarding|numbers?|together|please|summary|summari[sz]e|overview)\b"
)


def wants_of(question: str, people: Sequence[str], days: Sequence[date], today: date) -> Wants | None:
    """What the question wants listed, or null when it asks for nothing that the ledger keeps.

    `people` are the known names, `days` those of the meetings in scope.
    """
    if _WHY.search(question):
        return None
    kinds = tuple(kind for kind, cues in _KINDS.items() if cues.search(question))
    if _ANY_OPEN.search(question):
        kinds = (ItemKind.COMMITMENT, ItemKind.QUESTION, ItemKind.RISK)
    if _ANY_OVERDUE.search(question):
        kinds = kinds or (ItemKind.COMMITMENT,)
    standing = next((standing for standing, cues in _STANDING if cues.search(question)), None)
    is_due = standing not in _PAST_DUE and all(cues.search(question) for cues in (_DUE, _ASKS_DUE))
    is_due = is_due and not _WHEN.search(question)
    if not kinds and not is_due:
        return None
    anchor = anchor_of(days, today)
    mentions = find_dates(question, anchor)
    due = _window(question, mentions, anchor) if is_due else None
    topic = _topic(question, people, mentions)
    if is_due:
        return Wants((ItemKind.COMMITMENT,), standing or Standing.OPEN, due, True, topic)
    return Wants(_open(kinds) if standing is Standing.OPEN else kinds, standing, topic=topic)


def following(own: Wants | None, before: Wants | None) -> Wants | None:
    """What a follow-up wants that leaves out what the question before it said."""
    if own is None or before is None:
        return own or before
    return replace(
        own,
        kinds=own.kinds or before.kinds,
        standing=own.standing or before.standing,
        due=own.due or before.due,
        has_due=own.has_due or before.has_due,
    )


def _open(kinds: Sequence[ItemKind]) -> tuple[ItemKind, ...]:
    """What is decided is not open: a decision that is still to be made is a question."""
    changed = (ItemKind.QUESTION if kind is ItemKind.DECISION else kind for kind in kinds)
    return tuple(dict.fromkeys(changed))


def _window(question: str, mentions: Sequence[DateMention], anchor: date) -> tuple[date, date] | None:
    """The days within which something is due; null when the question names none."""
    if not mentions:
        return None
    mention = mentions[0]
    until = _UNTIL.search(question[: mention.start]) or _UNTIL_AFTER.match(question[mention.end :])
    return (min(anchor, mention.first), mention.last) if until else (mention.first, mention.last)


def _topic(question: str, people: Sequence[str], mentions: Sequence[DateMention]) -> tuple[str, ...]:
    """The content words that are left when kinds, standings, days and people are taken out."""
    bare = list(question)
    for mention in mentions:
        bare[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = "".join(bare)
    for name in sorted({part for person in people for part in name_parts(person)}, key=len, reverse=True):
        left = re.sub(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), " ", left, flags=re.IGNORECASE)
    for cues in (*_NAMING, *(cues for _, cues in _STANDING), _DUE, _GENERIC):
        left = cues.sub(" ", left)
    return tuple(content_terms(left))
