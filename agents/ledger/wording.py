"""What the values of the ledger are called, in both languages."""

from __future__ import annotations

from datetime import date

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import Status, Thread
from agents.link.reasons import Why
from agents.qa.language import Language

Words = dict[Language, str]

KINDS: dict[ItemKind, Words] = {
    ItemKind.DECISION: {"zh": "决定", "en": "decision"},
    ItemKind.COMMITMENT: {"zh": "承诺", "en": "commitment"},
    ItemKind.QUESTION: {"zh": "问题", "en": "question"},
    ItemKind.RISK: {"zh": "风险", "en": "risk"},
    ItemKind.METRIC: {"zh": "指标", "en": "metric"},
    ItemKind.UPDATE: {"zh": "进展", "en": "update"},
}
STATUSES: dict[Status, Words] = {
    Status.IN_FORCE: {"zh": "有效", "en": "in force"},
    Status.PROMISED: {"zh": "已承诺", "en": "promised"},
    Status.IN_PROGRESS: {"zh": "进行中", "en": "in progress"},
    Status.REDATED: {"zh": "已改期", "en": "re-dated"},
    Status.HANDED_OVER: {"zh": "已转交", "en": "handed over"},
    Status.DONE: {"zh": "已完成", "en": "done"},
    Status.DROPPED: {"zh": "到期后无人再提", "en": "past its day and not spoken of"},
    Status.OPEN: {"zh": "未决", "en": "open"},
    Status.GROWING: {"zh": "加重", "en": "growing"},
    Status.RESOLVED: {"zh": "已解除", "en": "resolved"},
    Status.ANSWERED: {"zh": "已答复", "en": "answered"},
    Status.MEASURED: {"zh": "已测得", "en": "measured"},
}
LINKS: dict[LinkType, Words] = {
    LinkType.RESTATES: {"zh": "重申", "en": "says it again"},
    LinkType.REFINES: {"zh": "部分更改", "en": "changes a part"},
    LinkType.REVERSES: {"zh": "推翻", "en": "puts another in its place"},
    LinkType.CONTINUES: {"zh": "跟进", "en": "tells how it stands"},
    LinkType.WORSENS: {"zh": "加重", "en": "has grown"},
    LinkType.FULFILS: {"zh": "了结", "en": "is done"},
    LinkType.REDATES: {"zh": "改期", "en": "another date"},
    LinkType.HANDS_OVER: {"zh": "转交", "en": "another owner"},
    LinkType.ANSWERS: {"zh": "答复", "en": "answers it"},
    LinkType.CONFLICTS: {"zh": "说法不一", "en": "says otherwise"},
}
REASONS: dict[Why, Words] = {
    Why.SAME_FACTS: {"zh": "数字和日期没有不同", "en": "no number or day differs"},
    Why.SAID_SAME: {"zh": "话里说不变", "en": "the words say that it stays"},
    Why.NUMBER: {"zh": "数字不同", "en": "another number"},
    Why.DAY: {"zh": "日期不同", "en": "another day"},
    Why.TAKEN_BACK: {"zh": "话里说收回", "en": "the words take it back"},
    Why.OWNER: {"zh": "换了负责人", "en": "another owner"},
    Why.DONE: {"zh": "话里说完成了", "en": "the words say that it is done"},
    Why.ONLY_DUE: {
        "zh": "被问到时说完成了，而到期的只有这一项",
        "en": "asked, they told of something done, and only this was due",
    },
    Why.GONE: {"zh": "话里说已解除", "en": "the words say that it is gone"},
    Why.GROWN: {"zh": "话里说更严重了", "en": "the words say that it has grown"},
    Why.ANSWERED: {"zh": "话里给出了答案", "en": "the words answer it"},
    Why.UNDER_WAY: {"zh": "提到了，还没完成", "en": "spoken of, and not finished"},
    Why.STILL_OPEN: {"zh": "提到了，还没解决", "en": "spoken of, and still open"},
    Why.NEXT_VALUE: {"zh": "同一指标的新数值", "en": "the same measure again"},
    Why.SAYS_OTHERWISE: {"zh": "说法与之前不一致", "en": "the words say otherwise"},
    Why.TAKEN_UP_AGAIN: {"zh": "重新提起", "en": "taken up again"},
}

_DUE: Words = {"zh": "{day}前", "en": "due {day}"}
_BETWEEN: Words = {"zh": "，", "en": ", "}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def standing(thread: Thread, status: Status, language: Language, *, owned: bool = True) -> str:
    """Whose a matter is (not where that is said already: `owned`), by when, and how it stands; what nobody has said is
    left out."""
    owner = thread.owner.name if thread.owner and owned else ""
    due = _DUE[language].format(day=on_day(thread.due.day, language)) if thread.due else ""
    return _BETWEEN[language].join(filter(None, [owner, due, STATUSES[status][language]]))


def on_day(day: date, language: Language) -> str:
    """A day as people write it."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
