"""Letters on screen: shown, written, printed; their texts."""
