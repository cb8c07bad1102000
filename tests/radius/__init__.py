"""Publishing as the network sees it: a real FreeRADIUS answers logins from what we wrote."""
