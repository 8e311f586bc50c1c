"""Recordings and transcripts in; utterances, chunks and vectors out. No language model here."""
