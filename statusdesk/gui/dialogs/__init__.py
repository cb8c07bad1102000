"""Dialogs that edit a copy and return a value; they never save."""
