"""What the book knows of e-mail: what goes out, what came in, how the runs went.

Lists narrowed by states and customers, and questions over three tables, are SQL text; the rest are Peewee queries.
"""
