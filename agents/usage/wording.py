"""What budgets say, in both languages."""

from __future__ import annotations

from agents.ledger.wording import Words
from agents.llm.domain import Because
from agents.qa.language import Language

BUDGETS: dict[str, Words] = {
    "budget_warn": {
        "en": "the month's budget of {budget} {currency} is nearly used up: {spent} spent, {wanted} for this",
        "zh": "本月预算 {budget} {currency} 即将用完：已用 {spent}，本次需 {wanted}",
    },
    "budget_stopped": {
        "en": "the month's budget of {budget} {currency} does not hold this: {spent} spent, {wanted} wanted",
        "zh": "本月预算 {budget} {currency} 不够：已用 {spent}，本次需 {wanted}",
    },
    "budget_project_warn": {
        "en": "this month's budget of {project}, {budget} {currency}, is nearly used up: {spent} spent, {wanted} for "
        "this",
        "zh": "项目 {project} 本月预算 {budget} {currency} 即将用完：已用 {spent}，本次需 {wanted}",
    },
    "budget_project_stopped": {
        "en": "this month's budget of {project}, {budget} {currency}, does not hold this: {spent} spent, {wanted} "
        "wanted",
        "zh": "项目 {project} 本月预算 {budget} {currency} 不够：已用 {spent}，本次需 {wanted}",
    },
    "budget_price_unknown": {
        "en": "there is a budget, and its price is not known: add prices to its card in models.toml",
        "zh": "设有预算，而该模型价格未知：请在 models.toml 的模型卡中补上价格",
    },
    "budget_other_currency": {
        "en": "it is paid in {currencies}, the budget is in {currency}: set an exchange rate, "
        "HUIMAI_AGENTS__BUDGET__EXCHANGE",
        "zh": "它以 {currencies} 计价，而预算以 {currency} 计：请设置汇率 HUIMAI_AGENTS__BUDGET__EXCHANGE",
    },
    "budget_spent_other_currency": {
        "en": "money was spent this month in {currencies}, which a budget in {currency} cannot count: set an exchange "
        "rate, HUIMAI_AGENTS__BUDGET__EXCHANGE",
        "zh": "本月有 {currencies} 支出，无法计入 {currency} 预算：请设置汇率 HUIMAI_AGENTS__BUDGET__EXCHANGE",
    },
}

CAVEATS: dict[str, Words] = {
    "other_tokens": {
        "en": "another model cuts the same text into other tokens and answers at another length; the tokens counted "
        "here are those of the model that answered",
        "zh": "不同模型的分词和回答长度不同；这里用的是当时模型的词元数",
    },
    "same_work": {
        "en": "whether the other tier would have answered as well, or at all, is not known",
        "zh": "另一档能否同样胜任，无法得知",
    },
    "cache": {
        "en": "cached tokens of a prompt are priced as cached where the other seller has a price for that; its cache "
        "may hit less often. A machine is taken to cache nothing",
        "zh": "对方有缓存价时，缓存词元按缓存价计，实际命中可能更少；本地机器按无缓存计",
    },
    "throughput": {
        "en": "a machine is as fast as you say, and bears its purchase for every day of the time, used or not; whether "
        "its busy hours fall together is not looked at",
        "zh": "机器速度以您填写的为准，购置成本按天分摊，用不用都计；不考虑任务是否集中在同一时段",
    },
}


def budget_said(because: Because, language: Language) -> str:
    """What a budget says, in one line. Raises KeyError for a reason that is none of a budget."""
    return BUDGETS[because.code][language].format(**because.values)
