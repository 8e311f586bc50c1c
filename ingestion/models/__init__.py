"""The model catalogue: which models there are, where they come from, and whether the ones here are sound."""
