"""How well retrieval finds: truth files in, figures out."""
