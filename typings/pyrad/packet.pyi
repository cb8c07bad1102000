from typing import Any

DisconnectRequest: int

class CoAPacket:
    code: int
    def __setitem__(self, key: str, item: Any) -> None: ...
    def get(self, key: str, failobj: Any = ...) -> Any: ...
