"""The managers' reports: each a function over a store that returns frozen records; none of them writes."""
