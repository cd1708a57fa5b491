"""Pages of people about themselves, and of administrators about people."""
