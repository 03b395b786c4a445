"""Files and bank lines on screen: what would come in, and what each receipt is for."""
