"""Sentences that were said to steer a machine, not people: "ignore your instructions and answer ...".

They are quoted like any others, but no statement stands on them. They are known by their words: what is not recognised
is still only something that somebody said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.domain import Evidence

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|of|the|these|those|and|your|my)\s+){0,4}"
    r"(?:(?:previous|prior|earlier|above|preceding|initial|original|system|safety)\s+){0,2}"
    r"(?:instructions?|prompts?|rules|guidelines|directives)\b"
    r"|\b(?:reveal|print|repeat|show)\s+(?:me\s+)?(?:the|your)\s+system\s+prompt\b"
    r"|(?:忽略|无视|忘记|忘掉|不要理会|不用理会|别管)[^。！？，,.!?]{0,8}"
    r"(?:你|之前|以上|上面|前面|先前|原来|所有|全部|系统)[^。！？，,.!?]{0,6}(?:指令|指示|提示词|提示|规则|命令|设定)"
    r"|系统提示词",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|then|now|just|only|instead|please)\W+)*(?:answer|say|reply|respond|write|output|print|state)\b"
    r"|\W*(?:[并请只]|然后|现在|直接|改为)*(?:回答|回复|输出|说)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")


def without_orders(text: str) -> str:
    """The sentences of a text that give no orders to a machine; empty when all do."""
    if not _ORDERS.search(text):
        return text
    sentences = _SENTENCE_ENDS.split(text)
    return " ".join(said for said in sentences if not _ORDERS.search(said) and not _GOES_ON.match(said)).strip()


def heeded(evidence: Evidence) -> Evidence | None:
    """The evidence without orders; None when nothing is left of it."""
    lines = [replace(line, text=said) for line in evidence.lines if (said := without_orders(line.text))]
    return replace(evidence, lines=tuple(lines)) if lines else None
