"""The only floor that knows SQL: one file, its schema, and the questions asked of it."""
