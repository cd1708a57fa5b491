"""The pages of readers who report and of moderators."""
