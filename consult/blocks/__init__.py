"""The words that importing, alignment and drafts share: blocks, their places, messages about them."""
