"""Rerankers: passages scored with the question beside them."""
