"""Keys and the palette: every act by name."""
