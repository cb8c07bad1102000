"""Charts painted from the palette: on the screen, on paper and in pictures by the same code."""
