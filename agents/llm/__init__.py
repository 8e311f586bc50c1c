"""The model gateway: one port to chat models, wherever they run."""
