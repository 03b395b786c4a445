"""Today: what to do, and the round that works it off."""
