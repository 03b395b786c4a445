"""The second door: commands. Each parses its words, calls one desk function, prints text or JSON.

Textual is imported only by the command that opens the screens; nothing here knows the book's tables.
"""
