"""What a model outside the user's control is not told: names and numbers are replaced, and put back into its answer."""
