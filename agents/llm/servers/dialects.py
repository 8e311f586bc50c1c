"""What the servers of the OpenAI protocol do each in their own way: thinking, schemas, the longest answer.

Read in November 2026 at:
vLLM https://docs.vllm.ai/en/stable/features/reasoning_outputs/ and .../features/structured_outputs/
llama.cpp https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
Ollama https://docs.ollama.com/api/openai-compatibility and https://github.com/ollama/ollama/blob/main/openai/openai.go
SGLang https://docs.sglang.io/docs/advanced_features/separate_reasoning and
.../advanced_features/structured_outputs_for_reasoning_models
DashScope https://help.aliyun.com/en/model-studio/deep-thinking, https://help.aliyun.com/zh/model-studio/json-mode and
https://help.aliyun.com/en/model-studio/error-code
OpenAI https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import JsonValue

from agents.ports import JsonSchema

Kind = Literal["vllm", "llama.cpp", "ollama", "sglang", "dashscope", "openai"]

Fields = Mapping[str, JsonValue]
"""Fields of a request."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server is asked for what the protocol leaves open.

    `on` and `off` switch thinking. `budget` names the field that bounds the thoughts, where the longest answer does not
    count them. `temperature` is what thinking models are sampled at when none was asked for: greedy sampling sends
    Qwen3 round in circles (https://huggingface.co/Qwen/Qwen3-14B, best practices); None leaves it to the server.
    `binds_thinkers` says that an answer after thoughts is still bound to a schema or to JSON; where it is not, the
    server refuses to be asked. `strict` says that a schema binds only when the request calls it strict.
    `opens` says that a chat template may open <think> in the prompt, and the thoughts then come inside the answer.
    """

    on: Fields
    off: Fields
    budget: str | None = None
    temperature: float | None = 0.6
    binds_thinkers: bool = True
    strict: bool = False
    opens: bool = False

    def switched(self, thinking: bool | None, max_tokens: int) -> Fields:
        """The fields that switch thinking; None leaves it as the server has it."""
        if thinking is None:
            return {}
        if not thinking:
            return self.off
        return {**self.on, self.budget: max_tokens} if self.budget else self.on

    def bound(self, schema: JsonSchema, *, by_schema: bool, thinks: bool) -> Mapping[str, Any]:
        """The fields that bind an answer to the schema, or at least to JSON; none where the server refuses both."""
        if thinks and not self.binds_thinkers:
            return {}
        if not by_schema:
            return JSON_OBJECT
        document = {"name": str(schema.get("title", "answer")), "schema": schema}
        strict = {"strict": True} if self.strict else {}
        return {"response_format": {"type": "json_schema", "json_schema": {**document, **strict}}}


JSON_OBJECT: Mapping[str, Any] = {"response_format": {"type": "json_object"}}
"""JSON mode: the server promises some JSON object; the prompt must say JSON and show the schema."""


_IN_TEMPLATE = Dialect(
    on={"chat_template_kwargs": {"enable_thinking": True}},
    off={"chat_template_kwargs": {"enable_thinking": False}},
    opens=True,
)

DIALECTS: Mapping[Kind, Dialect] = {
    "vllm": _IN_TEMPLATE,
    "sglang": _IN_TEMPLATE,
    "llama.cpp": _IN_TEMPLATE,
    # any other effort than none is a plain yes for models that know no efforts
    "ollama": Dialect(on={"reasoning_effort": "medium"}, off={"reasoning_effort": "none"}),
    # "Json mode response is not supported when enable_thinking is true"; max_tokens does not count the thoughts
    "dashscope": Dialect(
        on={"enable_thinking": True},
        off={"enable_thinking": False},
        budget="thinking_budget",
        binds_thinkers=False,
        strict=True,
    ),
    # reasoning models refuse a temperature
    "openai": Dialect(
        on={"reasoning_effort": "medium"},
        off={"reasoning_effort": "none"},
        temperature=None,
    ),
}


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Both, the second first where they differ; objects that both have are merged one level deep."""
    result = {**first, **second}
    for key in first.keys() & second.keys():
        if isinstance(first[key], dict) and isinstance(second[key], dict):
            result[key] = {**first[key], **second[key]}
    return result
