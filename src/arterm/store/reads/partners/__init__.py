"""What the book knows of partners, hand-overs and cases.

Lists with names from other tables and sums are SQL text; what is asked of one row is a Peewee query.
"""
