"""Review templates, and the review of a meeting by one."""
