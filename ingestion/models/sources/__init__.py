"""Where models come from: one module for each kind of source, picked by its name in the card."""
