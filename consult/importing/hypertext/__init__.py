"""HTML: pages as sites publish them, word processors' exports, law in its usual layouts."""
