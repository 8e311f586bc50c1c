"""The process that holds the embedded model: llama.cpp's own HTTP server on a loopback port.

Started by `agents.llm.embedded`. Standard input: one JSON line with the settings, then nothing until it is closed,
which ends this process. Standard output: one JSON line, {"address": ...} or {"error": ...}. Only the standard library
and xllamacpp are imported here.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any, TextIO

BATCH_TOKENS = 128
"""Prompt tokens evaluated between two looks at whether the caller is still there. Larger was not faster on a CPU."""

PREFIX_CACHE_MIB = 256
"""Memory for the evaluated prefixes of earlier prompts; about 28 KiB a token for a 1.5B model."""


def main() -> None:
    """Serve until standard input is closed."""
    report = _private_stdout()
    settings: dict[str, Any] = json.loads(sys.stdin.readline())
    try:
        server = _start(settings)
    except Exception as error:  # whatever the native code raises is told to the parent
        print(json.dumps({"error": " ".join(str(error).split())}), file=report, flush=True)
        os._exit(1)
    print(json.dumps({"address": server.listening_address}), file=report, flush=True)
    sys.stdin.read()
    # the server's destructor would first finish what it is generating
    os._exit(0)


def _private_stdout() -> TextIO:
    """Standard output for the report alone: what native code prints goes to standard error."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return report


def _start(settings: dict[str, Any]) -> Any:
    xllamacpp: Any = importlib.import_module("xllamacpp")

    params = xllamacpp.CommonParams()
    params.model.path = settings["path"]
    params.n_ctx = settings["context_tokens"]
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cache_ram_mib = PREFIX_CACHE_MIB
    # weights are repacked into private memory; mapping the file as well would hold them twice
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.api_keys = [settings["api_key"]]
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 0
    if settings["threads"]:
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings["threads"]
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
