"""The regions of the main window, one file each."""
