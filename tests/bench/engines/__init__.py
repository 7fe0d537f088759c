"""Other ways to search the same directory, one module each, to measure ours against."""
