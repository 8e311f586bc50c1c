"""Why a tier was taken or not: the codes of the reasons, and each as one sentence in both languages."""

from __future__ import annotations

from enum import StrEnum

from agents.ledger.wording import Words
from agents.llm.domain import Because, Level, Refused, Route, Tier
from agents.qa.language import Language
from agents.usage.wording import BUDGETS, budget_said


class Why(StrEnum):
    """A reason, and in braces what its sentence speaks of."""

    NAMED = "named"
    """Somebody asked for the tier by its name."""
    NOT_NAMED = "not_named"
    ONLY = "only"
    """There is no other tier."""
    KEPT_PRIVATE = "kept_private"
    KEPT_OFFLINE = "kept_offline"
    PRIVATE = "private"
    """{tier}: it is on another machine."""
    OFFLINE = "offline"
    """{tier}"""
    TOO_SMALL = "too_small"
    """{tier}, the tokens {needed}, and the {context} of its window."""
    READS_NOTHING = "reads_nothing"
    """{tier}"""
    AT_ONCE = "at_once"
    """The {tokens} of the prompt, the {context} of the window."""
    WINDOWS = "windows"
    """How many {passes}."""
    DOUBTS = "doubts"
    """At most so many {passes}."""
    SHORTENED = "shortened"
    """The {tokens} of the prompt, the {context} of the window."""
    MINUTES_LOCAL = "minutes_local"
    """The {minutes} of recordings, and the {limit} that they are held against; so the next two."""
    MINUTES_MEDIUM = "minutes_medium"
    MINUTES_LARGE = "minutes_large"
    TOKENS_LOCAL = "tokens_local"
    """The {tokens} of the prompt, the {minutes} of talk that they make, and the {limit}; so the next two."""
    TOKENS_MEDIUM = "tokens_medium"
    TOKENS_LARGE = "tokens_large"
    DISPUTES = "disputes"
    """How many {lines} contradict."""
    MANY_SPEAKERS = "many_speakers"
    """How many {speakers}."""
    NO_AGENDA = "no_agenda"
    HARDER = "harder"
    """The {level} that follows."""
    SHORT_CALL = "short_call"
    ONE_SPEAKER = "one_speaker"
    EASIER = "easier"
    """The {level} that follows."""
    UNHEALTHY = "unhealthy"
    """{tier}, and what {problem} it has."""
    NONE_HEALTHY = "none_healthy"
    """The {tier} that is tried all the same."""
    INSTEAD = "instead"
    """The level {wanted}, and the {level} taken in its place."""
    THINKING = "thinking"
    NO_TIERS = "no_tiers"
    NONE_LEFT = "none_left"


LEVELS: dict[Level, Words] = {
    Level.LOCAL: {"zh": "本地", "en": "local"},
    Level.MEDIUM: {"zh": "中型", "en": "medium"},
    Level.LARGE: {"zh": "大型", "en": "large"},
}
SENTENCES: dict[Why, Words] = {
    Why.NAMED: {"zh": "按名称指定", "en": "asked for by name"},
    Why.NOT_NAMED: {"zh": "指定了另一档", "en": "another was asked for by name"},
    Why.ONLY: {"zh": "只设置了这一档", "en": "the only one set up"},
    Why.KEPT_PRIVATE: {"zh": "内容私密，只在本机处理", "en": "private: nothing of it leaves this machine"},
    Why.KEPT_OFFLINE: {"zh": "处于离线模式，只在本机处理", "en": "offline: nothing leaves this machine"},
    Why.PRIVATE: {
        "zh": "{tier} 在别的机器上，不得接触私密内容",
        "en": "{tier} is remote and must not see what is private",
    },
    Why.OFFLINE: {
        "zh": "{tier} 在别的机器上，离线模式下不可用",
        "en": "{tier} is remote, and nothing may leave offline",
    },
    Why.TOO_SMALL: {
        "zh": "{tier} 太小（需要 {needed} 个词元，窗口只有 {context}）",
        "en": "{tier} is too small ({needed} tokens needed, {context} there)",
    },
    Why.READS_NOTHING: {"zh": "{tier} 不通读会议", "en": "{tier} is not set to read meetings"},
    Why.AT_ONCE: {
        "zh": "{tokens} 个词元放得进 {context} 的窗口，一次读完",
        "en": "{tokens} tokens fit in its window of {context}, so it reads once",
    },
    Why.WINDOWS: {
        "zh": "太长，按重叠的窗口分段读，共调用 {passes} 次",
        "en": "too long to read evenly at once, so in overlapping windows, {passes} calls",
    },
    Why.DOUBTS: {
        "zh": "只读规则拿不准的少数句子，最多调用 {passes} 次",
        "en": "it reads only the lines that the rules are in doubt about, {passes} calls at most",
    },
    Why.SHORTENED: {
        "zh": "{tokens} 个词元放不进 {context} 的窗口，只给最相关的部分",
        "en": "{tokens} tokens do not fit in its window of {context}, so it is given the best of them",
    },
    Why.MINUTES_LOCAL: {
        "zh": "录音 {minutes} 分钟（不足 {limit}）",
        "en": "{minutes} minutes of recording (under {limit})",
    },
    Why.MINUTES_MEDIUM: {
        "zh": "录音 {minutes} 分钟（{limit} 起）",
        "en": "{minutes} minutes of recording (from {limit})",
    },
    Why.MINUTES_LARGE: {
        "zh": "录音 {minutes} 分钟（超过 {limit}）",
        "en": "{minutes} minutes of recording (more than {limit})",
    },
    Why.TOKENS_LOCAL: {
        "zh": "要读 {tokens} 个词元，约合 {minutes} 分钟（不足 {limit}）",
        "en": "{tokens} tokens to read, as {minutes} minutes of talk (under {limit})",
    },
    Why.TOKENS_MEDIUM: {
        "zh": "要读 {tokens} 个词元，约合 {minutes} 分钟（{limit} 起）",
        "en": "{tokens} tokens to read, as {minutes} minutes of talk (from {limit})",
    },
    Why.TOKENS_LARGE: {
        "zh": "要读 {tokens} 个词元，约合 {minutes} 分钟（超过 {limit}）",
        "en": "{tokens} tokens to read, as {minutes} minutes of talk (more than {limit})",
    },
    Why.DISPUTES: {"zh": "{lines} 句话表示异议", "en": "{lines} lines contradict"},
    Why.MANY_SPEAKERS: {"zh": "{speakers} 人发言", "en": "{speakers} people speak"},
    Why.NO_AGENDA: {"zh": "没有按议程进行", "en": "no items are called up"},
    Why.HARDER: {"zh": "因此难一级：{level}", "en": "so it is harder: {level}"},
    Why.SHORT_CALL: {"zh": "两人的短通话", "en": "a short call of two"},
    Why.ONE_SPEAKER: {"zh": "几乎只有一人在讲", "en": "one person speaks nearly alone"},
    Why.EASIER: {"zh": "因此易一级：{level}", "en": "so it is easier: {level}"},
    Why.UNHEALTHY: {"zh": "{tier} 目前不可用（{problem}）", "en": "{tier} does not work now ({problem})"},
    Why.NONE_HEALTHY: {
        "zh": "没有可用的档位，仍尝试 {tier}",
        "en": "nothing else works, so {tier} is tried all the same",
    },
    Why.INSTEAD: {"zh": "没有可用的{wanted}档，改用{level}档", "en": "no {wanted} tier can do it, the next is {level}"},
    Why.THINKING: {"zh": "开启思考", "en": "thinking"},
    Why.NO_TIERS: {"zh": "没有设置任何语言模型", "en": "no chat model is set up"},
    Why.NONE_LEFT: {"zh": "没有模型可以处理", "en": "no model may do it"},
}
_NO_MODEL: Words = {"zh": "无", "en": "none"}
_NOT_NEEDED: Words = {"zh": "不需要 {tier}", "en": "{tier} is not needed"}
_OF_TIER: Words = {"zh": "{tier}：{why}", "en": "{tier}: {why}"}
_AFTER_NAME: Words = {"zh": "：", "en": ": "}
_COMMA: Words = {"zh": "，", "en": ", "}
_BETWEEN: Words = {"zh": "；", "en": "; "}
_LEVEL_VALUES = ("level", "wanted")
BASES = (Why.NAMED, Why.ONLY, *(why for why in Why if why.startswith(("minutes_", "tokens_"))))
"""Reasons that decide on the tier; a way to one has exactly one of them."""
_UNTOLD = (Why.AT_ONCE, Why.THINKING, Why.KEPT_PRIVATE, Why.KEPT_OFFLINE, Why.NOT_NAMED)
"""What goes without saying where a reason has only one line, or is said at another place of it."""


def told(because: Because, language: Language) -> str:
    """A reason as one sentence, without a full stop. Raises ValueError for a code that nobody words."""
    if because.code in BUDGETS:
        return budget_said(because, language)
    values = {name: _value(name, value, language) for name, value in because.values.items()}
    return SENTENCES[Why(because.code)][language].format(**values)


def reason(route: Route, language: Language) -> str:
    """Why the way was chosen, in one line: what speaks for the tier first, then what speaks against others."""
    refused = [_against(one, language) for one in route.refused if one.because.code not in _UNTOLD]
    if route.tier is None:
        parts = [*(told(one, language) for one in route.because), *refused]
        return _AFTER_NAME[language].join([_NO_MODEL[language], _BETWEEN[language].join(parts)])
    bases = [told(one, language) for one in route.because if one.code in BASES]
    bases += [told(one, language) for one in route.because if one.code == Why.THINKING]
    rest = [told(one, language) for one in route.because if one.code not in (*BASES, *_UNTOLD)]
    spare = [_NOT_NEEDED[language].format(tier=one.name) for one in route.others if _is_above(one, route.tier)]
    parts = [_COMMA[language].join(bases), *rest, *spare, *refused]
    return _AFTER_NAME[language].join([route.tier.name, _BETWEEN[language].join(filter(None, parts))])


def _against(refused: Refused, language: Language) -> str:
    """What speaks against a tier, with its name."""
    why = told(refused.because, language)
    named = "tier" in refused.because.values
    return why if named else _OF_TIER[language].format(tier=refused.tier, why=why)


def _is_above(tier: Tier, other: Tier) -> bool:
    order = list(Level)
    return order.index(tier.level) > order.index(other.level)


def _value(name: str, value: str | int | float, language: Language) -> str:
    if name in _LEVEL_VALUES:
        return LEVELS[Level(value)][language]
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
