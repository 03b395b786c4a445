"""What commands print: the words and tables of each."""
