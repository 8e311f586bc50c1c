"""How a model card's weights are served with vLLM."""

from __future__ import annotations

import shlex

from agents.llm.cards import ModelCard, Weights

PORT = 8001
"""Where the lines of the documentation let vLLM listen."""


def serve_arguments(card: ModelCard, weights: Weights) -> tuple[str, ...]:
    """What follows `vllm serve`. The server calls the model as the card does, whatever its weights are called."""
    return (weights.repo, "--served-model-name", card.name, *weights.options)


def serve_line(card: ModelCard, weights: Weights) -> str:
    """The whole command for a shell. It listens on this machine alone, since vLLM by itself asks for no key."""
    here = ("--host", "127.0.0.1", "--port", str(PORT))
    return shlex.join(["vllm", "serve", *serve_arguments(card, weights), *here])
