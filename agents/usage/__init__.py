"""What models took: tokens, seconds, money; budgets over it; the same on other tiers."""
