"""Reads the tensors of a PyTorch checkpoint without PyTorch, and without running what a pickle could hold.

The layout is that of `torch.save` since 1.6: a zip with `data.pkl` (the structure, whose tensors point at storages)
and one file of raw little-endian numbers a storage.
"""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]
"""By the name of the parameter."""

_TYPES = {"FloatStorage": "<f4", "HalfStorage": "<f2", "LongStorage": "<i8"}
_BROKEN = (zipfile.BadZipFile, pickle.UnpicklingError, StopIteration, EOFError, LookupError, TypeError, ValueError)


def read_tensors(path: Path, within: str = "") -> Tensors:
    """The tensors of a checkpoint, a mapping of names to tensors, or of the mapping that it has under `within`.

    Raises ValueError when it holds anything else than tensors, names and numbers.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            structure = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
            with archive.open(structure) as file:
                loaded: object = _Reader(file, archive, structure.removesuffix("data.pkl")).load()
    except _BROKEN as error:
        raise ValueError(f"{path.name} is not a checkpoint that can be read: {error}") from error
    if within and isinstance(loaded, Mapping):
        loaded = cast("Mapping[str, object]", loaded).get(within)
    if not isinstance(loaded, Mapping):
        raise ValueError(f"{path.name} has no tensors where they are expected")
    named = cast("Mapping[str, object]", loaded)
    return {name: tensor for name, tensor in named.items() if isinstance(tensor, np.ndarray)}


class _Reader(pickle.Unpickler):
    """Knows storages and tensors, and no other class."""

    def __init__(self, file: Any, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(file)
        self._archive, self._folder = archive, folder

    def find_class(self, module: str, name: str, /) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise pickle.UnpicklingError(f"it names {module}.{name}")

    def persistent_load(self, pid: Any, /) -> NDArray[Any]:
        _, dtype, key, _, count = pid
        return np.frombuffer(self._archive.read(f"{self._folder}data/{key}"), dtype, int(count))


def _tensor(
    storage: NDArray[Any], offset: int, shape: Sequence[int], strides: Sequence[int], *_rest: object
) -> NDArray[Any]:
    last = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    if min((offset, *shape, *strides)) < 0 or (0 not in shape and last >= storage.size):
        raise ValueError("a tensor reaches past its numbers")
    items = [stride * storage.itemsize for stride in strides]
    return np.lib.stride_tricks.as_strided(storage[offset:], tuple(shape), items, writeable=False).copy()
