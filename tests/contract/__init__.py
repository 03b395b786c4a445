"""The contract: what every command prints and answers, kept word for word in `expected`."""
