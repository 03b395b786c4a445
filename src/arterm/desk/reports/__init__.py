"""Reports: figures with their formulas, as tables, files and text."""
