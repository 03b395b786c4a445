"""What may be claimed by law: interest, sums and costs, accepted terms, rates, the time limits of claims."""
