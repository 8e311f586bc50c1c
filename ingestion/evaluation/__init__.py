"""What every evaluation shares: confidence intervals."""
