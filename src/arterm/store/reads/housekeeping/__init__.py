"""What is asked to keep the book: everything for an export, all about a person, a book that is sound, a demo."""
