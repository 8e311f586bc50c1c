"""Reranking models of a few kilobytes with random weights: enough to drive the real engine without a download."""

from __future__ import annotations

import re
from pathlib import Path

from ingestion.models.card import ModelCard, ModelTask
from ingestion.models.catalogue import Catalogue

TEXTS = (
    "Ann: The rollout will pause at ten percent until the error rate falls.",
    "李强：灰度发布先停在百分之十，等错误率降下来再继续。",
    "Lunch is on Friday at noon.",
    "周五中午一起吃饭。",
)
CONTEXT = 64


def card(context: int = CONTEXT, pair_template: str = "", *, engine: str = "cross-encoder") -> ModelCard:
    return ModelCard.model_validate(
        {
            "name": "tiny",
            "task": "reranker",
            "engine": engine,
            "description": "",
            "licence": "",
            "size": 0,
            "memory_bytes": 0,
            "capabilities": {"context_tokens": context, "pair_template": pair_template},
            "sources": [{"kind": "folder", "path": "."}],
        }
    )


def shipped_template(catalogue: Path) -> str:
    """The template of the one shipped reranker that is a chat model."""
    cards = Catalogue.load([catalogue]).of(ModelTask.RERANKER)
    (template,) = [card.capabilities.pair_template for card in cards if card.capabilities.pair_template]
    return template


def save_classifier(folder: Path) -> None:
    """An encoder with one output, as bge-reranker is one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    words = sorted({word for text in TEXTS for word in re.findall(r"[a-z]+|[\u3400-\u9fff]", text.lower())})
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]))
    config = BertConfig(
        vocab_size=5 + len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=CONTEXT,
        num_labels=1,
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)


def save_chat_model(folder: Path) -> None:
    """A causal model whose tokens are bytes, "yes" and "no", and whose own template is one for chats."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(1)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: at for at, token in enumerate(["<|endoftext|>", "yes", "no", *alphabet])}
    inner = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="<|endoftext|>", eos_token="<|endoftext|>", model_max_length=2048
    )
    tokenizer.chat_template = "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% endif %}{% endfor %}"
    config = Qwen3Config(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=2048,
        initializer_range=0.5,
    )
    Qwen3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
