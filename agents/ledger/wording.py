"""What the values of the ledger are called, in both languages."""

from __future__ import annotations

from datetime import date

from agents.ledger.domain import Field, ItemDraft, ItemKind, LinkType
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
    ItemKind.AIM: {"zh": "会议目的", "en": "aim"},
    ItemKind.OUTCOME: {"zh": "会议结论", "en": "outcome"},
    ItemKind.TOPIC: {"zh": "话题", "en": "topic"},
    ItemKind.ROLE: {"zh": "角色", "en": "role"},
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
    Status.SAID: {"zh": "已说明", "en": "said"},
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
    Why.WHEN_DUE: {
        "zh": "到期后再说起，没说没完成",
        "en": "told of once it was due, and not as unfinished",
    },
    Why.GONE: {"zh": "话里说已解除", "en": "the words say that it is gone"},
    Why.GROWN: {"zh": "话里说更严重了", "en": "the words say that it has grown"},
    Why.ANSWERED: {"zh": "话里给出了答案", "en": "the words answer it"},
    Why.UNDER_WAY: {"zh": "提到了，还没完成", "en": "spoken of, and not finished"},
    Why.STILL_OPEN: {"zh": "提到了，还没解决", "en": "spoken of, and still open"},
    Why.NEXT_VALUE: {"zh": "同一指标的新数值", "en": "the same measure again"},
    Why.SAYS_OTHERWISE: {"zh": "说法与之前不一致", "en": "the words say otherwise"},
    Why.TAKEN_UP_AGAIN: {"zh": "重新提起", "en": "taken up again"},
    Why.BY_HAND: {"zh": "人工指定", "en": "somebody said so by hand"},
}

_DUE: Words = {"zh": "{day}前", "en": "due {day}"}
_OF_MEASURES = (Field.NAME, Field.VALUE, Field.UNIT)
_HAND: Words = {"zh": "人工填写", "en": "set by hand"}
_BY_HAND: Words = {"zh": "{text}（{hand}）", "en": "{text} ({hand})"}
_BETWEEN: Words = {"zh": "，", "en": ", "}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def standing(thread: Thread, status: Status, language: Language, *, owned: bool = True) -> str:
    """Whose a matter is (not where that is said already: `owned`), by when, and how it stands; what nobody has said is
    left out."""
    notes = _notes(thread, status, language)
    return _BETWEEN[language].join(text for field, text, _ in notes if owned or field is not Field.OWNER)


def worded(said: ItemDraft, language: Language) -> str:
    """What an item says, with a mark where a person wrote it, or told it by hand on a day."""
    if said.told_on:
        return _HAND[language]
    return by_hand(said.text.strip().rstrip("。.；; "), language) if said.set_at(Field.TEXT) else said.text.strip()


def written(said: ItemDraft, language: Language) -> list[str]:
    """The words and the number of an item where a person gave them, as `worded` and `valued` mark them."""
    words = [worded(said, language)] if said.set_at(Field.TEXT) and not said.told_on else []
    return [*words, valued(said, language)] if said.set_at(*_OF_MEASURES) and said.measure else words


def valued(said: ItemDraft, language: Language) -> str:
    """The number of a measure as it was said, with its unit, and a mark where a person gave one of them."""
    if (measure := said.measure) is None:
        return ""
    unit = measure.unit
    text = measure.said if not unit or unit in measure.said else f"{measure.said} {unit}"
    return by_hand(text, language) if said.set_at(*_OF_MEASURES) else text


def by_hand(text: str, language: Language) -> str:
    """A value that a person has set, marked so."""
    return _BY_HAND[language].format(text=text, hand=_HAND[language])


def set_by_hand(thread: Thread, status: Status, language: Language) -> list[str]:
    """Everything that the functions here mark of a thread: a person has said it, and no line is its evidence."""
    said = [text for step in thread.steps for text in written(step.item.said, language)]
    return [*said, *(text for _, text, marked in _notes(thread, status, language) if marked)]


def _notes(thread: Thread, status: Status, language: Language) -> list[tuple[Field, str, bool]]:
    """Owner, due date and status as far as they are known, each as it is written and whether a person set it."""
    owned, due = thread.telling(Field.OWNER), thread.telling(Field.DUE)
    found = [(Field.STATUS, STATUSES[status][language], thread.status_by_hand is not None)]
    if due and due.said.due:
        day = _DUE[language].format(day=on_day(due.said.due.day, language))
        found.insert(0, (Field.DUE, day, due.said.set_at(Field.DUE) is not None))
    if owned and owned.said.owner:
        found.insert(0, (Field.OWNER, owned.said.owner.name, owned.said.set_at(Field.OWNER) is not None))
    return [(field, by_hand(text, language) if marked else text, marked) for field, text, marked in found]


def on_day(day: date, language: Language) -> str:
    """A day as people write it."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
