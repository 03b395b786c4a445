"""The first door: screens. A screen reads a view, shows it, and calls one desk function per key.

Nothing here knows the book's tables, decides about money or dates, or writes text to the terminal by another way than
the safe doors in `widgets`.
"""
