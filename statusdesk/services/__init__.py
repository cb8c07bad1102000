"""What the program can do, as verbs; no Qt, no SQL."""
