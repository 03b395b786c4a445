"""Plans, offers and what follows from them."""
