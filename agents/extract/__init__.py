"""What matters in a meeting, found in its lines by code."""
