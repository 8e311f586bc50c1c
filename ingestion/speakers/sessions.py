"""Networks run by ONNX Runtime."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(model: Path, threads: int) -> InferenceSession:
    """The network in that file, on the CPU; `threads` 0 means all cores. Raises RuntimeError when it is none."""
    import onnxruntime

    options = cast("Any", onnxruntime).SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # memory of the longest input so far would be kept for good
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # those of the library have nothing else in common
        raise RuntimeError(str(error)) from error
