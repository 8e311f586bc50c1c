"""Writes a SentencePiece model file: a Unigram tokenizer with its normaliser.

The file is a serialised `ModelProto` of sentencepiece_model.proto (google/sentencepiece, src/), in the wire format of
Protocol Buffers; the field numbers below are those of that schema.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_VARINT, _BYTES, _FLOAT = 0, 2, 5
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_UNIGRAM = 1


def sentencepiece_model(
    pieces: Sequence[tuple[str, float]], special: Mapping[str, int], controls: Sequence[int], charsmap: bytes
) -> bytes:
    """The file's bytes. A piece's id is its place in `pieces`, which are texts with their log probabilities.

    `special` holds the ids of `unk`, `bos`, `eos` and `pad`; `controls` are ids that no text is ever cut into.
    `charsmap` normalises single characters (see `charsmap.precompiled_charsmap`); runs of spaces become one.
    """
    kinds = {**dict.fromkeys(controls, _CONTROL), special["unk"]: _UNKNOWN}
    model = bytearray()
    for id, (text, score) in enumerate(pieces):
        piece = _bytes(1, text.encode()) + _float(2, score) + _varint(3, kinds.get(id, _NORMAL))
        model += _bytes(1, piece)
    names = {key: pieces[id][0].encode() for key, id in special.items()}
    trainer = _varint(3, _UNIGRAM)
    for field, key in ((40, "unk"), (41, "bos"), (42, "eos"), (43, "pad")):
        trainer += _varint(field, special[key])
    for field, key in ((45, "unk"), (46, "bos"), (47, "eos"), (48, "pad")):
        trainer += _bytes(field, names[key])
    dummy_prefix, remove_extra_spaces, escape_spaces = 3, 4, 5
    normaliser = _bytes(1, b"huimai") + _bytes(2, charsmap)
    normaliser += _varint(dummy_prefix, 1) + _varint(remove_extra_spaces, 1) + _varint(escape_spaces, 1)
    return bytes(model + _bytes(2, trainer) + _bytes(3, normaliser))


def _varint(field: int, value: int) -> bytes:
    return _number(field << 3 | _VARINT) + _number(value)


def _float(field: int, value: float) -> bytes:
    return _number(field << 3 | _FLOAT) + struct.pack("<f", value)


def _bytes(field: int, value: bytes) -> bytes:
    return _number(field << 3 | _BYTES) + _number(len(value)) + value


def _number(value: int) -> bytes:
    """Base 128, low groups first, the high bit set on all but the last."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
