"""Recordings as files: what they are, their sound, and where they are kept."""
