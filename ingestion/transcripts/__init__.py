"""Imported transcripts of many formats, read into `ingestion.domain.Transcript`. Front door: `reader`."""
