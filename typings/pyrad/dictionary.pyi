from typing import TextIO

class Dictionary:
    def __init__(self, *sources: str | TextIO) -> None: ...
