"""One file a screen. A screen composes widgets, asks the desk for a view, and shows receipts."""
