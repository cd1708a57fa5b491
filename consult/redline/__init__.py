"""Two wordings as one marked text."""
