DisconnectRequest: int
