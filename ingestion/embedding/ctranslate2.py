"""BERT-like embedding models on CTranslate2: int8 on any CPU, without torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ingestion.embedding.base import CardEmbedder, Vectors

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


@dataclass(frozen=True, slots=True)
class _Model:
    tokenizer: SentencePieceProcessor
    encoder: Any


class CTranslate2Embedder(CardEmbedder[_Model]):
    """An Embedder that averages an encoder's last states over a text's tokens.

    The folder holds model.bin, config.json and vocabulary.json of a CTranslate2 encoder and a sentencepiece.model
    whose ids are the encoder's own. Texts beyond the card's context are cut.
    """

    _prepared: SentencePieceProcessor | None = None

    def prepare(self) -> None:
        """Keep the tokenizer: most of the time of a load, and a third of its memory. Raises ModelMissingError."""
        with self._lock:
            self._prepared = self._prepared or self._read(_tokenizer)

    def _load(self, folder: Path) -> _Model:
        import ctranslate2

        tokenizer = self._prepared or _tokenizer(folder)
        encoder = cast(Any, ctranslate2).Encoder(
            str(folder), device="cpu", inter_threads=1, intra_threads=self._threads
        )
        return _Model(tokenizer, encoder)

    def _embed(self, model: _Model, texts: list[str]) -> Vectors:
        ids = [self._cut(tokens) for tokens in cast(Any, model.tokenizer).encode(texts, add_bos=True, add_eos=True)]
        states = np.asarray(model.encoder.forward_batch(ids).last_hidden_state, dtype=np.float32)
        return np.stack([states[row, : len(tokens)].mean(axis=0) for row, tokens in enumerate(ids)])

    def _cut(self, tokens: list[int]) -> list[int]:
        """At most the context's tokens, the last of them still the end of text."""
        return tokens if len(tokens) <= self._context else [*tokens[: self._context - 1], tokens[-1]]


def _tokenizer(folder: Path) -> SentencePieceProcessor:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
