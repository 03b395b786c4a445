"""What to do today and why: the worklist, a customer's profile and dossier, the call script."""
