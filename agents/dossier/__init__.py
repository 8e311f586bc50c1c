"""The living background of a project: a projection of the ledger."""
