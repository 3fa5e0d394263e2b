"""What the bot decides about a resident's message, and how it says so. Standard library and numpy only."""
