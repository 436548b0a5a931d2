"""A person's account from the first code to the last hand-over: what the acts and the screens are made of."""
