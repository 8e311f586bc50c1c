"""What the command line says, by occasion. Every text of a pair stands in English, then in Chinese."""
