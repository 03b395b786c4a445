"""E-mail: the account, what is written, the outbox, sending, the inbox, alerts, the daily run."""
