"""What holds the house together: catalogue, acts, layers, safe text, small files."""
