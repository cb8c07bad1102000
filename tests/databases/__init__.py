"""Frozen files of each released schema."""
