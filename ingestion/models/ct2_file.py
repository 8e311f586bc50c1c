"""Writes the model file of CTranslate2, binary version 6, with matrices as int8.

The layout is that of `ModelSpec._serialize` in ctranslate2's Python package; every published CTranslate2 model of the
last years has it. Written here rather than through the package because its writer needs torch and the whole model
in memory, and because the bytes must not change with the package's version.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_BINARY_VERSION = 6
_TYPES = {"f4": 0, "i1": 1, "i2": 2}

Matrix = NDArray[np.float32]


class ModelFileWriter:
    """Appends named variables to `out`; exactly `count` of them must follow. A quantised matrix counts twice."""

    def __init__(self, out: BinaryIO, spec: str, revision: int, count: int) -> None:
        self._out = out
        out.write(struct.pack("<I", _BINARY_VERSION))
        self._string(spec)
        out.write(struct.pack("<II", revision, count))

    def scalar(self, name: str, dtype: str, value: int) -> None:
        """One number of type `i1` or `i2`."""
        self._header(name, (), dtype, np.dtype(dtype).itemsize)
        self._out.write(np.array(value, "<" + dtype).tobytes())

    def array(self, name: str, values: Matrix) -> None:
        """Numbers kept as float32."""
        self._header(name, values.shape, "f4", values.nbytes)
        self._out.write(values.astype("<f4").tobytes())

    def quantised(self, name: str, rows: int, columns: int, blocks: Iterable[Matrix]) -> None:
        """A matrix given as blocks of rows, each row scaled to -127..127; its scales follow as `<name>_scale`."""
        self._header(name, (rows, columns), "i1", rows * columns)
        scales: list[NDArray[np.float32]] = []
        for block in blocks:
            peak = np.abs(block).max(axis=1)
            peak[peak == 0] = 127.0
            scale = (np.float32(127.0) / peak).astype(np.float32)
            self._out.write(np.rint(block * scale[:, None]).astype(np.int8).tobytes())
            scales.append(scale)
        self.array(f"{name}_scale", np.concatenate(scales))

    def end(self) -> None:
        """Close the list of variables: no aliases."""
        self._out.write(struct.pack("<I", 0))

    def _header(self, name: str, shape: tuple[int, ...], dtype: str, size: int) -> None:
        self._string(name)
        self._out.write(struct.pack(f"<B{len(shape)}IBI", len(shape), *shape, _TYPES[dtype], size))

    def _string(self, text: str) -> None:
        encoded = text.encode()
        self._out.write(struct.pack("<H", len(encoded) + 1) + encoded + b"\0")
