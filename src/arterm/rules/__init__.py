"""What is right: money, dates, ageing, allocation, promises, who comes first.

Pure functions over plain values. This room knows no database, screen, file or clock: today is always handed in.
"""
