"""What servers say when they refuse: each in its own words for a prompt that is too long, an unknown model, a filter.

vLLM `vllm/renderers/params.py`; llama.cpp `tools/server/server-context.cpp`; SGLang
`python/sglang/srt/managers/tokenizer_manager.py`; DashScope https://help.aliyun.com/en/model-studio/error-code;
OpenAI https://platform.openai.com/docs/guides/error-codes. Ollama does not refuse a long prompt: it cuts it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from ingestion.errors import ModelFailedError

_LONGEST_REASON = 160

_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum model length|range of input length|prompt too long", re.IGNORECASE
)
_ALLOWED = re.compile(
    r"(?:context length (?:is |of |\()|context size \(|model length of |input length should be \[1, ?)(\d+)",
    re.IGNORECASE,
)
_ASKED = (
    re.compile(r"total of (?:at least )?(\d+)"),
    re.compile(r"(?:requested|resulted in) (?:about )?(\d+) tokens"),
    re.compile(r"(?:request|input) \((\d+) tokens"),
    re.compile(r"\(length (\d+)\)"),
)
_NO_MODEL = re.compile(
    r"model_?not_?found|\bmodel\b.{0,120}(?:not found|does not exist|not exist)", re.IGNORECASE | re.DOTALL
)
_FILTERED = re.compile(r"data_?inspection_?failed|content_filter|content_policy|inappropriate content", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a server gave as its reason: a code and one line, both possibly empty."""

    code: str = ""
    line: str = ""

    @property
    def reason(self) -> str:
        """The line, to be put behind a sentence."""
        return f": {self.line[:_LONGEST_REASON]}" if self.line else ""

    @property
    def no_model(self) -> bool:
        """Whether it does not know the model."""
        return _NO_MODEL.search(f"{self.code} {self.line}") is not None


def said_in(body: object, secret: str) -> Said:
    """The reason in the body of a refusal, whether or not it is wrapped in `error`; without the secret."""
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            # a page is nothing to show, a line of plain text is
            return Said() if body.lstrip().startswith("<") else Said(line=_without(" ".join(body.split()), secret))
    if not isinstance(body, dict):
        return Said()
    fields = cast(dict[str, Any], body)
    inner: Any = fields.get("error", fields)
    if isinstance(inner, str):
        inner = {"message": inner}
    if not isinstance(inner, dict):
        return Said()
    error = cast(dict[str, Any], inner)
    line = " ".join(str(error.get("message") or "").split())
    code = f"{error.get('code') or ''} {error.get('type') or ''}".strip()
    return Said(_without(code, secret), _without(line, secret))


def by_words(said: Said, label: str, model: str, context_setting: str) -> ModelFailedError | None:
    """The error for what the words alone tell, whatever the status; None where they tell nothing."""
    if _FILTERED.search(f"{said.code} {said.line}"):
        return ModelFailedError(
            f"{label} withheld an answer: its filter took offence at what was said",
            "Use a model on this machine for it, or ask about less at once.",
        )
    if _TOO_LONG.search(said.line):
        return ModelFailedError(
            f"{label} takes {_allowed(said.line)} at most with model '{model}'{_asked(said.line)}",
            f"Ask about less at once, or set {context_setting} to the window that the server was started with.",
        )
    return None


def _allowed(line: str) -> str:
    found = _ALLOWED.search(line)
    return f"{found[1]} tokens" if found else "fewer tokens"


def _asked(line: str) -> str:
    found = next((match for pattern in _ASKED if (match := pattern.search(line))), None)
    return f", and was asked for {found[1]}" if found else ", and was asked for more"


def _without(line: str, secret: str) -> str:
    return line.replace(secret, "***") if secret else line
