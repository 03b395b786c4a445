"""Others who help, on screen: partners, hand-overs, time limits of claims."""
