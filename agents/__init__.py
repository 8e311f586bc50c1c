"""LangGraph graphs over evidence, and the gateway to chat models."""
