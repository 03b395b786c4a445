"""Mail against real servers on loopback."""
