"""The words of a review, in both languages."""

from __future__ import annotations

from agents.ledger.markdown import clock
from agents.qa.language import Language
from agents.templates.review import Focus

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "{template}：{meeting}",
        "span": "{title}（{start}–{end}）",
        "end": "结束",
        "nothing": "没有找到。",
        "not_found": "没有找到的内容",
        "left_out": "另有 {n} 处未列出。",
    },
    "en": {
        "title": "{template}: {meeting}",
        "span": "{title} ({start}–{end})",
        "end": "end",
        "nothing": "Nothing was found.",
        "not_found": "Not found",
        "left_out": "{n} more left out.",
    },
}


def heading(template: str, meeting: str, focus: Focus | None, language: Language) -> str:
    """What a review is called: its template, the meeting and the span, if it is of one."""
    words = WORDS[language]
    title = words["title"].format(template=template, meeting=meeting)
    if focus is None:
        return title
    end = words["end"] if focus.end is None else clock(focus.end)
    return words["span"].format(title=title, start=clock(focus.start or 0.0), end=end)
