"""Who works here: officers, roles, sign-in and the second factor."""
