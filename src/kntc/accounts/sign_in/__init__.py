"""How a person comes in and stays in: password, second factor, single sign-on, seats, the locked screen."""
