"""Qt models that adapt records to views; they hold no rules."""
