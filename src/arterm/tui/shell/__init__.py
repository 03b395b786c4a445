"""What all screens are built on: lists, sheets, forms, pickers, text, themes."""
