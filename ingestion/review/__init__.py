"""What a person should listen to or look at: doubtful numbers, names and speakers, and what the glossary changes."""
