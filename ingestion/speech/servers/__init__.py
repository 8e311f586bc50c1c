"""Speech recognition by servers."""
