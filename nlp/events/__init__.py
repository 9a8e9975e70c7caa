"""Events: what was signed, joined, created, launched, counted and paid for, told in a release's sentences."""
