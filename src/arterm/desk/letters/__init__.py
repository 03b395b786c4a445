"""Letters: composed, kept in the book, seen before they are printed, printed, sent out or discarded."""
