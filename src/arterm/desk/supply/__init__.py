"""May we supply: credit checks, own record, terms of supply, customers on stop."""
