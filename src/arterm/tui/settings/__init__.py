"""The settings, and the welcome on an empty book."""
