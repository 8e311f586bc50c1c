"""What was said earlier, and what a new meeting does to it."""
