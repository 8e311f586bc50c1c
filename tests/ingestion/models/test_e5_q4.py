"""The 4-bit container: a tiny one built here, and the real one against its own engine's figures."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from tokenizers import normalizers

from ingestion.embedding.factory import open_embedder
from ingestion.errors import BadInputError
from ingestion.models.charsmap import precompiled_charsmap
from ingestion.models.e5_q4 import CONTAINER, convert
from ingestion.models.store import ModelStore

Floats = NDArray[np.float32]

HIDDEN, LAYERS, HEADS, WIDE, POSITIONS = 32, 2, 2, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁ab", "中", "文", "▁中文", "<mask>"]
NORMALISED = {"Ａ": "a", "\t": " ", "㎝": "中文", "\x01": ""}


class TinyContainer:
    """Random weights in the container's format, and the float values that they stand for."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(7)
        self.values: dict[str, Floats] = {}
        self.encoded: dict[str, tuple[int, int, bytes]] = {}
        self.quantised("emb.word", len(PIECES), HIDDEN)
        self.plain("emb.pos", POSITIONS, HIDDEN)
        self.plain("emb.type", 2, HIDDEN)
        self.norm("emb.ln")
        for layer in range(LAYERS):
            for part in ("q", "k", "v", "ao"):
                self.linear(f"l{layer}.{part}", HIDDEN, HIDDEN)
            self.norm(f"l{layer}.aln")
            self.linear(f"l{layer}.fi", WIDE, HIDDEN)
            self.linear(f"l{layer}.fo", HIDDEN, WIDE)
            self.norm(f"l{layer}.oln")

    def quantised(self, name: str, rows: int, columns: int) -> None:
        count = rows * columns // 32
        scales = self.random.uniform(0.01, 0.1, (count, 1)).astype("<f2")
        packed = self.random.integers(0, 256, (count, 16), np.uint8)
        raw = np.concatenate([scales.view(np.uint8), packed], axis=1)
        numbers = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
        self.values[name] = (numbers * scales.astype(np.float32)).reshape(rows, columns)
        self.encoded[name] = (1, rows * columns, raw.tobytes())

    def plain(self, name: str, *shape: int) -> None:
        values = self.random.normal(0, 0.5, shape).astype("<f4")
        self.values[name] = values
        self.encoded[name] = (0, values.size, values.tobytes())

    def norm(self, name: str) -> None:
        self.plain(f"{name}.w", HIDDEN)
        self.plain(f"{name}.b", HIDDEN)

    def linear(self, name: str, rows: int, columns: int) -> None:
        self.quantised(f"{name}.w", rows, columns)
        self.plain(f"{name}.b", rows)

    def write(self, folder: Path) -> None:
        head = b"E5S1" + struct.pack("<I", 1)
        head += struct.pack("<7ifi", HIDDEN, LAYERS, HEADS, WIDE, len(PIECES), POSITIONS, 2, 1e-12, 32)
        head += _vocabulary() + _normalisation() + struct.pack("<i", len(self.encoded))
        offset = len(head) + sum(2 + len(name) + 21 for name in self.encoded)
        body = b""
        for name, (dtype, count, raw) in self.encoded.items():
            head += struct.pack("<H", len(name)) + name.encode()
            head += struct.pack("<BIQQ", dtype, count, offset + len(body), len(raw))
            body += raw
        (folder / CONTAINER).write_bytes(head + body)

    def embed(self, ids: list[int]) -> Floats:
        """A BERT encoder with mean pooling in plain numpy."""
        value = self.values
        states = value["emb.word"][ids] + value["emb.pos"][: len(ids)] + value["emb.type"][0]
        states = self.layer_norm(states, "emb.ln")
        for layer in range(LAYERS):
            states = self.layer_norm(states + self.attention(states, f"l{layer}"), f"l{layer}.aln")
            wide = self.apply(states, f"l{layer}.fi")
            gelu = np.vectorize(lambda x: 0.5 * x * (1 + math.erf(x / math.sqrt(2))))(wide)
            states = self.layer_norm(states + self.apply(gelu, f"l{layer}.fo"), f"l{layer}.oln")
        mean = states.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def attention(self, states: Floats, layer: str) -> Floats:
        parts = [self.apply(states, f"{layer}.{part}").reshape(len(states), HEADS, -1) for part in "qkv"]
        query, key, value = (part.transpose(1, 0, 2) for part in parts)
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(HIDDEN // HEADS)
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (weights / weights.sum(axis=-1, keepdims=True)) @ value
        return self.apply(mixed.transpose(1, 0, 2).reshape(len(states), HIDDEN), f"{layer}.ao")

    def apply(self, states: Floats, name: str) -> Floats:
        return states @ self.values[f"{name}.w"].T + self.values[f"{name}.b"]

    def layer_norm(self, states: Floats, name: str) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return scaled * self.values[f"{name}.w"] + self.values[f"{name}.b"]


def _vocabulary() -> bytes:
    blob = "".join(PIECES).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, -3, -4, -4, -2, -4, -4, -1, 0], "<f4")
    return struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + bounds.tobytes() + scores.tobytes() + blob


def _normalisation() -> bytes:
    entries = b"".join(
        struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new)) for old, new in sorted(NORMALISED.items())
    )
    return struct.pack("<iI", len(NORMALISED), len(entries)) + entries


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyContainer, Path]:
    container, folder = TinyContainer(), tmp_path_factory.mktemp("tiny")
    container.write(folder)
    (folder / "out").mkdir()
    convert(folder, folder / "out")
    return container, folder / "out"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ab", [0, 7, 2]),
        ("Ａb 中文", [0, 7, 10, 2]),
        ("ab\t\t㎝\x01", [0, 7, 10, 2]),
        ("a中?b", [0, 4, 5, 8, 3, 6, 2]),
        ("</s>", [0, 4, 3, 2]),
    ],
)
def test_text_is_normalised_and_cut_as_the_container_says(
    tiny: tuple[TinyContainer, Path], text: str, ids: list[int]
) -> None:
    tokenizer = SentencePieceProcessor(model_file=str(tiny[1] / "sentencepiece.model"))
    assert tokenizer.encode(text, add_bos=True, add_eos=True) == ids


def test_the_encoder_computes_what_the_weights_say(tiny: tuple[TinyContainer, Path]) -> None:
    import ctranslate2

    container, folder = tiny
    encoder = ctranslate2.Encoder(str(folder))
    for ids in ([0, 7, 10, 2], [0, 5, 6, 8, 9, 3, 2]):
        states = np.asarray(encoder.forward_batch([ids]).last_hidden_state, dtype=np.float32)[0]
        mean = states.mean(axis=0)
        assert float(mean @ container.embed(ids)) / float(np.linalg.norm(mean)) > 0.999


def test_two_conversions_give_the_same_bytes(tiny: tuple[TinyContainer, Path], tmp_path: Path) -> None:
    convert(tiny[1].parent, tmp_path)
    for path in tiny[1].iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("keep", [0, 3, 60, 2000])
def test_a_container_cut_short_is_refused(tiny: tuple[TinyContainer, Path], tmp_path: Path, keep: int) -> None:
    whole = (tiny[1].parent / CONTAINER).read_bytes()
    (tmp_path / CONTAINER).write_bytes(whole[:keep])
    with pytest.raises(BadInputError, match="not a model container"):
        convert(tmp_path, tmp_path)


def test_the_charsmap_replaces_exactly_its_characters() -> None:
    table = {"Ａ": "A", "é": "e", "\u200b": " ", "ﬁ": "fi", "𝒳": "X", "\x02": ""}
    normalizer = normalizers.Precompiled(precompiled_charsmap(table))
    for old, new in table.items():
        assert normalizer.normalize_str(f"x{old}中") == f"x{new}中"
    untouched = "plain 文字 ü ～ 😀"
    assert normalizer.normalize_str(untouched) == untouched


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "query: 灰度比例先放到百分之十～下周三再看",
            [41, 1294, 12, 6, 57239, 2621, 53079, 2996, 170531, 166039, 11196, 6087, 1130, 6271, 1971, 2058, 2112],
        ),
        (
            "passage: The rollback plan is owned by 王磊, due 2026-03-16.",
            [46692, 12, 581, 21972, 12620, 1774, 83, 6, 157272, 390, 90416, 199058, 4, 4743, 387, 4046, 37151, 2485, 5],
        ),
        ("passage: Ｆｕｌｌ\u3000ｗｉｄｔｈ ①② and ﬁne print", [46692, 12, 9312, 6, 146984, 427, 136, 5885, 28412]),
    ],
)
def test_token_ids_are_those_of_the_container_s_own_engine(model_store: ModelStore, text: str, ids: list[int]) -> None:
    folder = model_store.path("multilingual-e5-small")
    assert SentencePieceProcessor(model_file=str(folder / "sentencepiece.model")).encode(text) == ids


@pytest.mark.models
def test_cosines_are_those_of_the_container_s_own_engine(model_store: ModelStore) -> None:
    card = model_store.catalogue.get("multilingual-e5-small")
    embedder = open_embedder(lambda: model_store.path(card.name), card)
    passages = embedder.embed_passages(
        [
            "我们决定灰度先停在百分之十。",
            "We decided to hold the rollout at ten percent.",
            "谁负责写回滚预案？",
            "Lunch is on Friday.",
        ]
    )
    scores = passages @ embedder.embed_query("灰度放到多少了?")
    np.testing.assert_allclose(scores, [0.8998, 0.7297, 0.8194, 0.7306], atol=0.01)
