"""What must not be lost, put under what happens to a laptop: killed, full, damaged, shared, swapped."""
