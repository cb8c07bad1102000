"""Faults that happen to databases, each tried many times on purpose: `./faults` counts what came of them."""
