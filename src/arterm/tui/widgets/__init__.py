"""What screens are made of: one grid for every list, one form for every draft, one door for words."""
