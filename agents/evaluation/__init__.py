"""How good answers are: the truth of a series in, figures out. Strings and times alone, no judge."""
