"""How fast, as ratios against a limit or a peer measured in the same run. `python -m tests.bench` prints the table."""
