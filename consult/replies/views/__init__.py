"""The pages of officials: their desk, a consultation, a reply."""
