"""OpenDocument texts (.odt and .fodt; ISO/IEC 26300, versions 1.0 to 1.3)."""
