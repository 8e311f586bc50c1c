"""What changed between two days or two stretches of time."""
