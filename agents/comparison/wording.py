"""The words of a comparison, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from agents.comparison.who import Heard
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
        "notes": "说明",
        "left_out": "概要略去 {n} 句：其依据没有说到所述内容。",
        "of_project": "{kind} · {project}",
        "project_first": "{project}：{text}",
        "no_meeting": "{project}：{days} 没有读到会议",
        "heard": "只含这些{who}说到的事项：{names}（{people} 人，{meetings} 场会议中的 {lines} 句）",
        "unsided": "另有 {n} 人未标明是客户还是己方",
        "and_more": "{names}等",
        "customer": "客户",
        "team": "己方人员",
        "anybody": "人",
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
        "notes": "Notes",
        "left_out": "Left out of the summary, since their evidence does not say them: {n}.",
        "of_project": "{kind} · {project}",
        "project_first": "{project}: {text}",
        "no_meeting": "{project}: no meeting was read of {days}",
        "heard": "Only what these {who} speak of: {names} (people: {people}; lines: {lines}, in meetings: {meetings})",
        "unsided": "Of {n} more who speak there it is not known on which side they are",
        "and_more": "{names} and others",
        "customer": "customers",
        "team": "people of the team",
        "anybody": "people",
    },
}
"""Titles of the parts, and the forms of rows."""

_NAMED = 8
"""How many people are named in a note."""


def notes(empty: Iterable[tuple[str, str]], heard: Heard | None, left_out: int, language: Language) -> list[str]:
    """A line for each period of a project without a meeting, how many sentences were left out of the summary, and who
    was listened to."""
    words = WORDS[language]
    found = [words["no_meeting"].format(project=project, days=days) for project, days in empty]
    found += [words["left_out"].format(n=left_out)] if left_out else []
    if heard is None:
        return found
    names = ("、" if language == "zh" else ", ").join(heard.names[:_NAMED])
    found.append(
        words["heard"].format(
            who=words[heard.side.value if heard.side else "anybody"],
            names=words["and_more"].format(names=names) if len(heard.names) > _NAMED else names,
            people=len(heard.names),
            lines=heard.lines,
            meetings=heard.meetings,
        )
    )
    return [*found, *([words["unsided"].format(n=heard.unsided)] if heard.unsided else [])]
