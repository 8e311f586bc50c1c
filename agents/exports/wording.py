"""The words of exported files, in both languages."""

from __future__ import annotations

from agents.comparison.wording import WORDS as COMPARISON
from agents.qa.language import Language

_OWN: dict[Language, dict[str, str]] = {
    "zh": {
        "charts": "图表",
        "weak": "证据较弱",
        "line": "第{n}句",
        "decisions_chart": "决定的时间线",
        "people_chart": "谁负责什么",
        "gantt_chart": "承诺的进度",
        "metric_chart": "{name}",
        "metric_unit_chart": "{name}（{unit}）",
        "span": "{title}：{first}到{last}",
        "part": "{title}（{n}/{of}）",
        "as_text": "文字说明",
        "nobody": "未说明",
        "formerly": "曾由{name}负责",
        "promised_on": "{day}提出",
        "due_on": "{day}到期",
        "was_due_on": "原定{day}",
        "done_on": "{day}完成",
        "undated": "未说到期日",
        "legend_gantt": "● 提出　◇ 到期　│ 原定日期　✔ 完成　┊ 截至日",
        "legend_people": "● 现在　○ 以前",
        "owned": "{name}：{text}",
        "calendar": "{project}的承诺",
        "quote": "「{text}」",
    },
    "en": {
        "charts": "Charts",
        "weak": "weak evidence",
        "line": "line {n}",
        "decisions_chart": "Decisions over time",
        "people_chart": "Who is to do what",
        "gantt_chart": "How commitments stand",
        "metric_chart": "{name}",
        "metric_unit_chart": "{name} ({unit})",
        "span": "{title}: {first} to {last}",
        "part": "{title} ({n} of {of})",
        "as_text": "In words",
        "nobody": "not said",
        "formerly": "formerly {name}",
        "promised_on": "promised {day}",
        "due_on": "due {day}",
        "was_due_on": "was due {day}",
        "done_on": "done {day}",
        "undated": "no date said",
        "legend_gantt": "● promised   ◇ due   │ was due   ✔ done   ┊ as of",
        "legend_people": "● now   ○ formerly",
        "owned": "{name}: {text}",
        "calendar": "Commitments of {project}",
        "quote": "“{text}”",
    },
}
WORDS: dict[Language, dict[str, str]] = {language: {**COMPARISON[language], **own} for language, own in _OWN.items()}
"""Titles, labels and forms; those of a comparison are its own."""
