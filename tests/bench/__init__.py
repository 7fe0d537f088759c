"""Measurements of the whole site, as ratios of one run: `python -m tests.bench`."""
