"""The evidence ledger: what matters in each meeting, item by item, with the words that say so."""
