"""What an owner does: each activity a module, each thing done one function, one transaction, one journal line.

The screens and the command line are two doors to this desk. What crosses a door is a frozen view or a draft; rows of
the book never leave this room.
"""
