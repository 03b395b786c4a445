"""Talks with customers: the log, promises, limits that keep a contact from becoming a nuisance."""
