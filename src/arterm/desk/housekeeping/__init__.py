"""Keeping the book: backup, checks, export, privacy, the demo business."""
