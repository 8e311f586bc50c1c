"""What the graph itself says to the reader, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from agents.domain import Citation, Claim, Verdict
from agents.qa.answerable import Missing
from agents.qa.excerpt import excerpt
from agents.qa.language import Language
from agents.qa.plan import Kind, Plan
from retrieval.domain import Coverage

NO_MODEL = {
    "zh": "没有可用的语言模型，以下是最相关的原话：",
    "en": "No chat model here; the most relevant words said:",
}
MODEL_FAILED = {
    "zh": "语言模型没有给出可用的回答（{why}），以下是最相关的原话",
    "en": "the chat model gave no usable answer ({why}); the words said are shown instead",
}
UNVERIFIED = {
    "zh": "语言模型的回答没有通过核对，以下是最相关的原话",
    "en": "the chat model's answer did not stand up to checking; the words said are shown instead",
}
PRIVATE = {
    "zh": "范围内有私密项目，没有使用远程模型",
    "en": "a project in scope is private, so the remote model was not used",
}
_SAID = {"zh": "原话：", "en": "What was said:"}
_SMALL_TALK = {
    "zh": "你好，我可以回答会议里说过的事：谁说的、定了什么、什么时候、改过没有。请直接提问。",
    "en": "Hello. Ask me what was said in the meetings: who, what was decided, when, and whether it changed.",
}
_MISSING = {
    Missing.NOTHING: {"zh": "会议里没有找到相关内容", "en": "The meetings say nothing about this"},
    Missing.SUBJECT: {"zh": "会议里没有提到所问的内容", "en": "The meetings do not mention what was asked"},
    Missing.FACT: {"zh": "会议里没有说到所问的具体信息", "en": "The meetings do not state this"},
    Missing.UNDECIDED: {"zh": "会议里还没有定论", "en": "The meetings leave this open, it is not decided"},
}
STATUS = {
    "scope": {"zh": "确定要查的会议", "en": "choosing the meetings"},
    "retrieve": {"zh": "查找原话", "en": "finding what was said"},
    "answer": {"zh": "组织回答", "en": "writing the answer"},
    "verify": {"zh": "核对每一句", "en": "checking every claim"},
}


TURNS_AHEAD = {"zh": "模型正忙，前面还有 {n} 个请求", "en": "the model is busy; requests before this one: {n}"}
"""While others have their turns at the model."""


def small_talk(language: Language) -> str:
    """A reply to a greeting, which no evidence is needed for."""
    return _SMALL_TALK[language]


_MARKUP = re.compile(r"[\\`*\[\]<>]")


def plain(text: str) -> str:
    """Words that people or models said, with what Markdown or HTML would take for markup escaped."""
    return _MARKUP.sub(lambda match: f"\\{match.group()}", text)


def answer_text(
    claims: Sequence[Claim],
    quotes: Sequence[Citation],
    plan: Plan,
    heading: str = "",
    terms: Sequence[str] = (),
    told: str = "",
) -> str:
    """Markdown: the claims with their marks, what the ledger has `told`, then the quotes with speaker and date under
    `heading`; of long lines what holds most of `terms`."""
    stated = [
        f"{plain(claim.text)}{marks(claim.citations)}" for claim in claims if claim.verdict is not Verdict.REMOVED
    ]
    parts = [part for part in ("\n".join(stated), told) if part]
    if quotes:
        found = _found(quotes, plan.language) if plan.kind is Kind.ENUMERATE else ""
        above = heading or found or (_SAID[plan.language] if parts else "")
        parts.append("\n".join([*([above] if above else []), *_quoted(quotes, plan, terms)]))
    return "\n\n".join(parts)


def told_text(claims: Sequence[Claim], heading: str) -> str:
    """What the ledger says, a point each, with their marks under a heading; empty without claims."""
    if not claims:
        return ""
    return "\n".join([heading, *(f"- {plain(claim.text)}{marks(claim.citations)}" for claim in claims)])


def abstention(
    missing: Missing,
    days: Sequence[date],
    coverage: Coverage,
    nearest: Sequence[Citation],
    plan: Plan,
    terms: Sequence[str] = (),
) -> str:
    """Says that there is no answer, what was searched, and the nearest words when they are worth showing."""
    zh = plan.language == "zh"
    period = f"{min(days)} – {max(days)}" if days else ""
    if zh:
        searched = f"查找了 {coverage.searched} 场会议（{period}）。" if days else "范围内没有可查的会议。"
    else:
        noun = "meeting" if coverage.searched == 1 else "meetings"
        searched = f"{coverage.searched} {noun} searched ({period})." if days else "No meeting is in scope."
    text = f"{_MISSING[missing][plan.language]}{'。' if zh else '. '}{searched}"
    if not nearest:
        return text
    return "\n".join([text, "", "最接近的原话：" if zh else "The nearest words said:", *_quoted(nearest, plan, terms)])


def coverage_line(coverage: Coverage, language: Language) -> str:
    """What an answer about several meetings was read from."""
    failed = len(coverage.failed)
    if language == "zh":
        lost = f"，{failed} 场处理失败" if failed else ""
        return f"（范围内 {coverage.in_scope} 场会议，检索 {coverage.searched} 场，读到 {coverage.read} 场{lost}）"
    lost = f", {failed} failed" if failed else ""
    return f"({coverage.in_scope} meetings in scope, {coverage.searched} searched, {coverage.read} read{lost})"


def marks(numbers: Sequence[int]) -> str:
    """Citation marks, such as [1][3]."""
    return " " + "".join(f"[{n}]" for n in numbers) if numbers else ""


def _found(quotes: Sequence[Citation], language: Language) -> str:
    meetings = len({quote.evidence.meeting_id for quote in quotes})
    if language == "zh":
        return f"{meetings} 场会议里找到的 {len(quotes)} 处，按时间排列："
    places = f"{len(quotes)} place{'s' * (len(quotes) > 1)}"
    return f"Found in {places} of {meetings} meeting{'s' * (meetings > 1)}, oldest first:"


def _quoted(citations: Sequence[Citation], plan: Plan, terms: Sequence[str]) -> list[str]:
    newest = max(citation.evidence.date for citation in citations)
    several = len({citation.evidence.date for citation in citations}) > 1
    return [
        _quote(citation, plan, newest if several and plan.kind is Kind.LATEST else None, terms)
        for citation in citations
    ]


def _quote(citation: Citation, plan: Plan, newest: date | None, terms: Sequence[str]) -> str:
    zh, evidence = plan.language == "zh", citation.evidence
    age = ""
    if newest is not None:
        age = ("最新 " if zh else "Latest ") if evidence.date == newest else ("此前 " if zh else "Earlier ")
    left, right = ("「", "」") if zh else ("“", "”")
    colon = "：" if zh else ": "
    said: list[str] = []
    for speaker, lines in groupby(evidence.lines, key=lambda line: line.speaker):
        who = f"{plain(speaker)}{colon}" if speaker else ""
        said.append(who + " ".join(f"{left}{plain(excerpt(line.text, terms))}{right}" for line in lines))
    return f"- {age}{evidence.date} {' '.join(said)} [{citation.n}]"
