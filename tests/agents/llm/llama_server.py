"""llama.cpp's HTTP server, as somebody would start it by hand: python llama_server.py MODEL KEY. Prints its address."""

from __future__ import annotations

import os
import sys

import xllamacpp

report = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.api_keys = [sys.argv[2]]
params.n_ctx = 1024
params.n_parallel = 1
params.n_batch = params.n_ubatch = 128
params.ui = False
params.endpoint_slots = True
params.verbosity = 0
server = xllamacpp.Server(params)
print(server.listening_address, file=report, flush=True)
sys.stdin.read()
os._exit(0)
