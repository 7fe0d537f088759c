"""Judged searches: what families type, and what a good answer is in facts."""
