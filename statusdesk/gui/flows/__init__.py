"""What happens from a wish to its outcome: the question, the card, the deed, the word afterwards."""
