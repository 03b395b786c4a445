"""The board and the dossier: what is owed, and why each row is where it is."""
