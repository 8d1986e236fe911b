"""From characters to blocks in reading order, with exact places in the raw page, and what the markup states."""
