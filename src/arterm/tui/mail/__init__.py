"""E-mail on screen: the outbox, what came in, the account."""
