from typing import TextIO

class Dictionary:
    def __init__(self, dict: str | TextIO | None = ..., *dicts: str | TextIO) -> None: ...
