"""What a chat model adds to the ledger after the rules: it names kinds and lines, code copies and checks the rest."""
