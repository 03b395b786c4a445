"""Files brought in: what they hold compared with the book, shown, then written in one act."""
