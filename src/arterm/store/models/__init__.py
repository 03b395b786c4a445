"""The tables of the book as Peewee models, a file for each group of them."""
