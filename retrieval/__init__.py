"""A question and filters in; ranked, packed evidence out. Knows no agent and no web."""
