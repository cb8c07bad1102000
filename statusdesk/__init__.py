"""StatusDesk: account statuses, what they do, and who has them."""

__version__ = "0.1.0"
