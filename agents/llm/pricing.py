"""What calls cost: in decimals, by the step that the prompt falls in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from agents.llm.cards import PriceList, PriceStep
from agents.llm.domain import Money, Spent

HOUSE = "house"
"""The seller of what runs on the user's own machines."""

FREE = PriceList(
    seller=HOUSE,
    currency="USD",
    read_on=date.min,
    source="",
    steps=(PriceStep(input=Decimal(0), output=Decimal(0)),),
)
"""What runs in the house costs nothing by the token; the currency says nothing."""

_PER = Decimal(1_000_000)

_SELLERS = {"dashscope.aliyuncs.com": "dashscope", "dashscope-intl.aliyuncs.com": "dashscope-intl"}
"""Host -> whose prices hold there: alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope."""

_WORKSPACES = {
    ".cn-beijing.maas.aliyuncs.com": "dashscope",
    ".ap-southeast-1.maas.aliyuncs.com": "dashscope-intl",
}
"""How hosts of a single customer end -> the same:
alibabacloud.com/help/en/model-studio/embedding-interfaces-compatible-with-openai."""


def seller_at(base_url: str) -> str | None:
    """Whose prices hold at an address; null where that is not known."""
    host = urlsplit(base_url).hostname or ""
    return _SELLERS.get(host) or next((seller for end, seller in _WORKSPACES.items() if host.endswith(end)), None)


def cost(prices: PriceList | None, spent: Spent) -> Money | None:
    """What a call costs; None where no prices are known.

    The whole call is priced by the step that its prompt falls in, and by the last one where the prompt is longer than
    any. Cached tokens cost what others do where nothing is said of them, and so do answers after thinking.
    """
    if prices is None:
        return None
    step = _step(prices, spent.prompt_tokens)
    cached = min(spent.cached_tokens, spent.prompt_tokens)
    cached_input = step.input if step.cached_input is None else step.cached_input
    thinking_output = step.output if step.thinking_output is None else step.thinking_output
    output = thinking_output if spent.thinking else step.output
    amount = (spent.prompt_tokens - cached) * step.input + cached * cached_input
    return Money((amount + spent.completion_tokens * output) / _PER, prices.currency)


def _step(prices: PriceList, prompt_tokens: int) -> PriceStep:
    fitting = (s for s in prices.steps if s.up_to_tokens is None or prompt_tokens <= s.up_to_tokens)
    return next(fitting, prices.steps[-1])
