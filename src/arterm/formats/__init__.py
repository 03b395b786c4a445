"""Files that other programs write: bytes in, plain records and complaints out.

This room knows encodings, separators, headers and what the columns of well-known programs are called. It never opens
the book and never decides what to do with a record.
"""
