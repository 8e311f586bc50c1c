"""The edge and the only composition root: HTTP, command line, durable jobs, settings and migrations."""
