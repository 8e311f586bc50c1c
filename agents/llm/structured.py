"""Answers as validated values: a schema by the best means the model has, and one chance to repair."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agents.llm.servers.thinking import without_thinking
from agents.ports import ChatModel, Completion, JsonSchema, Message, TextSink
from ingestion.errors import ModelFailedError

T = TypeVar("T", bound=BaseModel)


class UnreadableAnswerError(ModelFailedError):
    """The model answered, but not in the form that was asked for; asking the same again is of no use. `spent` are the
    completions that it gave."""

    def __init__(self, message: str, hint: str, spent: Sequence[Completion]) -> None:
        super().__init__(message, hint)
        self.spent = tuple(spent)


_FENCED = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL | re.IGNORECASE)


async def complete_as(
    model: ChatModel,
    messages: Sequence[Message],
    answer_type: type[T],
    *,
    max_tokens: int,
    temperature: float = 0.0,
    on_text: TextSink | None = None,
    on_reasoning: TextSink | None = None,
) -> tuple[T, Completion]:
    """Answer `messages` with a value of `answer_type`, and the completion it came from.

    A model that cannot bind answers to a schema gets it in the prompt. An answer that does not validate is sent back
    once with what is wrong; the completion then counts the tokens of both calls. Raises ModelFailedError, and
    UnreadableAnswerError where the model did answer.
    """
    schema = answer_type.model_json_schema()
    prompt = list(messages) if model.card.json_schema else _with_schema(messages, schema)
    spent: list[Completion] = []
    for _ in range(2):
        completion = await model.complete(
            prompt,
            max_tokens=max_tokens,
            temperature=temperature,
            schema=schema,
            on_text=on_text,
            on_reasoning=on_reasoning,
        )
        spent.append(completion)
        try:
            return answer_type.model_validate_json(json_part(completion.text)), _total(spent)
        except ValidationError as error:
            if completion.finish_reason == "length":
                raise UnreadableAnswerError(
                    f"{completion.model} was cut off at {max_tokens} tokens, before its answer was whole",
                    "Raise HUIMAI_AGENTS__ANSWER_MAX_TOKENS, or ask about less at once.",
                    spent,
                ) from error
            prompt += [Message("assistant", completion.text), Message("user", _complaint(error))]
    raise UnreadableAnswerError(
        f"{spent[-1].model} answered twice in a form that cannot be read",
        "Ask again in other words, or use a larger model.",
        spent,
    )


def json_part(text: str) -> str:
    """The JSON object in an answer, without thinking, code fences and words around it."""
    answer = without_thinking(text).strip()
    fenced = _FENCED.search(answer)
    if fenced and not answer.startswith("{"):
        answer = fenced[1]
    first, last = answer.find("{"), answer.rfind("}")
    return answer[first : last + 1] if 0 <= first < last else answer


def _with_schema(messages: Sequence[Message], schema: JsonSchema) -> list[Message]:
    wish = "Answer with one JSON object and nothing else. It must validate against this JSON schema:\n" + json.dumps(
        schema, ensure_ascii=False
    )
    first, *rest = messages
    if first.role == "system":
        return [Message("system", f"{first.content}\n\n{wish}"), *rest]
    return [Message("system", wish), first, *rest]


def _complaint(error: ValidationError) -> str:
    faults = "\n".join(_fault(detail) for detail in error.errors(include_url=False, include_input=False)[:5])
    return f"That is not valid:\n{faults}\nAnswer again with the corrected JSON object and nothing else."


def _fault(detail: Any) -> str:
    where = ".".join(str(step) for step in detail["loc"]) or "the answer"
    return f"- {where}: {detail['msg']}"


def _total(spent: Sequence[Completion]) -> Completion:
    return dataclasses.replace(
        spent[-1],
        prompt_tokens=sum(one.prompt_tokens for one in spent),
        completion_tokens=sum(one.completion_tokens for one in spent),
        cached_tokens=sum(one.cached_tokens for one in spent),
        reasoning_tokens=sum(one.reasoning_tokens for one in spent),
    )
