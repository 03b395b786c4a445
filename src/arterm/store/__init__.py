"""The book: what is remembered. Tables, migrations, journal, caches, backup.

The only room that knows SQL. It takes and gives plain values and rows; it decides nothing about money or dates, and
nothing outside `desk` may import it.
"""
