"""The real HTTP server of llama.cpp with a chat model's weights, set to embed, in a process of its own.

Prints its address in one line and serves until its standard input is closed.
"""

from __future__ import annotations

import os
import sys

import xllamacpp

path, context = sys.argv[1], int(sys.argv[2])
params = xllamacpp.CommonParams()
params.model.path = path
params.n_ctx = context
params.n_parallel = 1
params.n_batch = params.n_ubatch = context
params.embedding = True
params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.ui = False
params.verbosity = 0
report = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
server = xllamacpp.Server(params)
print(server.listening_address, file=report, flush=True)
sys.stdin.read()
os._exit(0)
