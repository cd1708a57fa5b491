"""Plain text: what indentation, empty lines and numbers tell of a document's build."""
