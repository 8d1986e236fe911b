"""From bytes to characters: content coding, media type, character set."""
