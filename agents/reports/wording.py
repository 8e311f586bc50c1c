"""How a report stands, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from agents.ledger.wording import Words
from agents.qa.language import Language
from agents.reports.domain import ReportChange, ReportState

STATES: dict[ReportState, Words] = {
    ReportState.CURRENT: {"zh": "最新", "en": "current"},
    ReportState.STALE: {"zh": "已过时", "en": "stale"},
    ReportState.REBUILD: {"zh": "内容已删除", "en": "content deleted"},
}
WHYS: dict[ReportChange, Words] = {
    ReportChange.MEETING_ADDED: {"zh": "有新会议", "en": "a meeting was added"},
    ReportChange.MEETING_GONE: {"zh": "有会议被删除或移走", "en": "a meeting was deleted or moved"},
    ReportChange.CORRECTED: {"zh": "引用的话有更正", "en": "lines that it quotes were corrected"},
    ReportChange.RENAMED: {"zh": "项目改了名", "en": "a project was renamed"},
    ReportChange.ITEMS_CHANGED: {"zh": "事项有变化", "en": "items have changed"},
    ReportChange.NOT_BUILT: {"zh": "现在无法重新生成", "en": "it cannot be built now"},
}
_BECAUSE: Words = {"zh": "{state}（{why}）", "en": "{state} ({why})"}
_BETWEEN: Words = {"zh": "；", "en": "; "}


def standing(state: ReportState, why: Iterable[ReportChange], problem: str | None, language: Language) -> str:
    """Whether a report still holds, and in one line why not."""
    reasons = [*(WHYS[one][language] for one in why), *([problem] if problem else [])]
    told = STATES[state][language]
    return _BECAUSE[language].format(state=told, why=_BETWEEN[language].join(reasons)) if reasons else told
