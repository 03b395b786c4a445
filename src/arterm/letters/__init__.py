"""Paper: a plain Letter in, PDF bytes out.

This room knows fonts, pages and the words of each language. It is given finished facts and never opens the book;
the same letter gives the same bytes, every time.
"""
