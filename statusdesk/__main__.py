"""Starts the program: `python -m statusdesk`, and the `statusdesk` command of an installation."""

import sys

from statusdesk import app


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    return app.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
