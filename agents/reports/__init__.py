"""Reports that are kept: as they were built, with what they stand on, and whether that still holds."""
