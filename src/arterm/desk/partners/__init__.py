"""Others who help: partners, hand-overs with the case file, mediation, every option compared."""
