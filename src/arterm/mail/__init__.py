"""E-mail: messages made and proved before they go, servers spoken to only under checked encryption, secrets in the
keyring.

Given plain records, it knows nothing of the book; it never keeps a secret, and never tells one.
"""
