"""arterm: a desk in the terminal at which a small business gets its unpaid invoices paid."""

__version__ = "0.2.0"
