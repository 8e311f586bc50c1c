"""Builds the "precompiled charsmap" of a SentencePiece normaliser from a table of single characters.

The format is that of sentencepiece's `normalizer_spec.precompiled_charsmap`: the size of a trie as u32, the trie as
a darts-clone double array of u32 units, padded to whole blocks of 256, then the replacements as NUL-terminated UTF-8.
A unit of the array at position p holds the label of the byte that leads to it and an offset; its children stand at
`p ^ offset ^ byte` and its value, if it has one, at `p ^ offset`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_HAS_VALUE = 1 << 8
_IS_VALUE = 1 << 31
_BLOCK = 256


def precompiled_charsmap(table: Mapping[str, str]) -> bytes:
    """The charsmap that replaces each character of `table`."""
    replacements = bytearray()
    values: dict[bytes, int] = {}
    for character in sorted(table):
        values[character.encode()] = len(replacements)
        replacements += table[character].encode() + b"\0"
    trie = _double_array(values)
    encoded = struct.pack(f"<I{len(trie)}I", 4 * len(trie), *trie)
    return encoded + bytes(replacements)


def _double_array(values: Mapping[bytes, int]) -> list[int]:
    """UTF-8 is prefix-free, so a node has either children or a value. Each inner node gets a block of 256 units
    of its own, and all values stand behind the blocks: larger than the smallest array, and simple."""
    prefixes = sorted({key[:length] for key in values for length in range(len(key))})
    base = {prefix: _BLOCK * (number + 1) for number, prefix in enumerate(prefixes)}
    units = [0] * (_BLOCK * (len(prefixes) + 1))
    units[0] = _offset(0, base[b""])
    for prefix in prefixes[1:]:
        position = base[prefix[:-1]] ^ prefix[-1]
        units[position] = _offset(position, base[prefix]) | prefix[-1]
    for key, value in values.items():
        position = base[key[:-1]] ^ key[-1]
        units[position] = _offset(position, len(units)) | _HAS_VALUE | key[-1]
        units.append(value | _IS_VALUE)
    return units + [0] * (-len(units) % _BLOCK)


def _offset(position: int, base: int) -> int:
    return (position ^ base) << 10
