"""The words of a comparison, in both languages."""

from __future__ import annotations

from agents.qa.language import Language

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "{project}：{earlier} → {later}",
        "summary": "概要",
        "new": "新增",
        "changed": "有变化",
        "closed": "已了结",
        "carried": "延续",
        "dropped": "到期后无人再提",
        "conflicts": "说法不一",
        "metrics": "指标",
        "row": "{kind}：{text}（{standing}）",
        "both": "{kind}（{standing}）",
        "before": "此前：{text}",
        "after": "现在：{text}",
        "unsaid": "未提及",
        "metric": "{name}：{before} → {after}",
        "nothing": "没有变化。",
    },
    "en": {
        "title": "{project}: {earlier} → {later}",
        "summary": "Summary",
        "new": "New",
        "changed": "Changed",
        "closed": "Closed",
        "carried": "Carried on",
        "dropped": "Past its day and not spoken of",
        "conflicts": "In conflict",
        "metrics": "Metrics",
        "row": "{kind}: {text} ({standing})",
        "both": "{kind} ({standing})",
        "before": "Before: {text}",
        "after": "Now: {text}",
        "unsaid": "not said",
        "metric": "{name}: {before} → {after}",
        "nothing": "Nothing to compare.",
    },
}
"""Titles of the parts, and the forms of rows."""
