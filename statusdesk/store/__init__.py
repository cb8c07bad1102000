"""The only floor that knows SQL: one database, its schema, and the questions asked of it.

Peewee imports every driver that it finds. Those of servers cost more than all of Peewee, so they stay out of the
way until a server is talked to: a file does not need them.
"""

import sys
from importlib import import_module
from typing import Any

_modules: dict[str, Any] = sys.modules
_drivers = [name for name in ("psycopg", "pymysql", "MySQLdb") if name not in _modules]
if _drivers:
    _modules.update(dict.fromkeys(_drivers))
    import_module("peewee")
    for _name in _drivers:
        del _modules[_name]
