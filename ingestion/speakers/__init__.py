"""Who speaks when, without knowing names: voices heard, told apart, and given their words."""
