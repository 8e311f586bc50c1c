"""The command line: every command speaks the REST API, a file a group of commands. Front door: `main`."""
