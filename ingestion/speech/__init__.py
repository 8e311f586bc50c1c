"""Where speech is, and what was said."""
