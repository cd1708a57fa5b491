"""Translations: the template of all strings, a catalogue for each language, and two made for testing."""
