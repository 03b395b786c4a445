"""The acceptance cases of dunning."""
