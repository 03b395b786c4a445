"""What may be claimed: interest, fixed sums and costs, per country and kind of debtor, with the statute each rests on.

Pure functions over plain values; rates are data in `rates.csv`, one module per country in `countries`. Nothing here
knows the book, and nothing is ever charged on a rule or rate that is not known from a source: it gives nothing, and the
reason.
"""
