"""Questions of claims, a file for each: what the law is asked with, and what is owed, entry by entry."""
