"""Who may come in: accounts, the door, tokens of people and of programs."""
