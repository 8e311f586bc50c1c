"""The words of a dossier, in both languages."""

from __future__ import annotations

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
        "noted": "{text}（{notes}）",
        "open_for": "{name}：{open}",
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
        "noted": "{text} ({notes})",
        "open_for": "{name}: {open}",
        "title": "{project} (as of {day})",
        "nothing": "Nothing has been read yet.",
    },
}
"""Titles of the sections, and the forms of notes."""
