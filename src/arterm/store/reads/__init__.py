"""What the desk asks of the book: a file for each of its rooms; frozen records out, nothing is written here."""
