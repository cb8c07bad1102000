"""Records and rules of account statuses; knows no screen, no file and no database."""
