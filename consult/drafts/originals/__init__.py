"""Originals: the files that drafts came from, for officials, and for readers where they are let."""
