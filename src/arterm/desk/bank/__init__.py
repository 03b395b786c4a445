"""Bank statements: brought in, matched with what is open, booked."""
