"""`python -m tests.replica`: what is seen when the database's machine stops."""

from __future__ import annotations

import sys

from tests.replica.experiment import experiment

try:
    print("\n".join(experiment()))
except AssertionError as fault:
    sys.exit(f"not as it should be: {fault}")
