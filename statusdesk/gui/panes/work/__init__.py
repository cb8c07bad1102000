"""The worklists: what waits for somebody in the office, each list in a module of its own."""
