"""The words of a dossier, in both languages."""

from __future__ import annotations

from agents.dossier.claims import DossierClaim
from agents.qa.language import Language

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "purpose": "目的",
        "people": "人员",
        "decisions": "决定",
        "commitments": "承诺",
        "questions": "问题",
        "risks": "风险",
        "metrics": "指标",
        "timeline": "时间线",
        "glossary": "词汇",
        "conflicts": "说法不一",
        "noted": "{text}（{notes}）",
        "open_for": "{name}：{open}",
        "speaks": "{name}：发言始于{first}，最近在{last}",
        "speaks_once": "{name}：在{first}发言",
        "part": "{name}：“{text}”",
        "changed": "{text}（{notes}，{day}起；此前：{before}）",
        "since": "{notes}，{day}起",
        "unchanged": "{notes}，{day}以来没有变化",
        "up": "上升",
        "down": "下降",
        "level": "持平",
        "conflict": "“{before}”；“{after}”",
        "dated": "{day}：{text}",
        "talked": "{day}，谈到：{topics}",
        "term": "{term}：首次提到是{first}，最近是{last}",
        "term_once": "{term}：{first}提到",
        "counted": "{meetings} 次会议，{decisions} 项决定，{commitments} 项承诺",
        "left_out": "（略去 {n} 条：其依据没有说到所述内容）",
        "since_title": "{project}：自 {day} 以来的变化",
        "why_title": "{project}：依据",
        "new": "新增",
        "gone": "不再有",
        "changed_claims": "有变化",
        "before": "此前：{text}",
        "after": "现在：{text}",
        "same": "没有变化。",
        "title": "{project}（截至{day}）",
        "nothing": "还没有读到内容。",
    },
    "en": {
        "purpose": "Purpose",
        "people": "People",
        "decisions": "Decisions",
        "commitments": "Commitments",
        "questions": "Questions",
        "risks": "Risks",
        "metrics": "Metrics",
        "timeline": "Timeline",
        "glossary": "Glossary",
        "conflicts": "In conflict",
        "noted": "{text} ({notes})",
        "open_for": "{name}: {open}",
        "speaks": "{name}: speaks from {first} to {last}",
        "speaks_once": "{name}: speaks on {first}",
        "part": "{name}: “{text}”",
        "changed": "{text} ({notes} since {day}; before: {before})",
        "since": "{notes} since {day}",
        "unchanged": "{notes}, unchanged since {day}",
        "up": "up",
        "down": "down",
        "level": "level",
        "conflict": "“{before}” / “{after}”",
        "dated": "{day}: {text}",
        "talked": "{day}, talked about: {topics}",
        "term": "{term}: first said on {first}, last on {last}",
        "term_once": "{term}: said on {first}",
        "counted": "meetings: {meetings}, decisions: {decisions}, commitments: {commitments}",
        "left_out": "(left out, since their evidence does not say them: {n})",
        "since_title": "{project}: what changed since {day}",
        "why_title": "{project}: why it says this",
        "new": "New",
        "gone": "Gone",
        "changed_claims": "Changed",
        "before": "Before: {text}",
        "after": "Now: {text}",
        "same": "Nothing has changed.",
        "title": "{project} (as of {day})",
        "nothing": "Nothing has been read yet.",
    },
}
"""Titles of the sections, and the forms of notes."""


def with_counts(claim: DossierClaim, language: Language) -> str:
    """The text of a claim, and what code counted of it."""
    words = WORDS[language]
    counts = words["counted"].format(**claim.counted) if claim.counted else ""
    return words["noted"].format(text=claim.text, notes=counts) if counts else claim.text
