"""What each block does on its page, and how much it reads like article text."""
