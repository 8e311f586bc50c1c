"""Which tier does a piece of work, and why."""
