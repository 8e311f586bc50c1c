"""Runs of `huimai eval` that need the whole house, and their reports."""
