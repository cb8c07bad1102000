"""The headless commands: the desk's verbs for scripts and cron, with plain tables, JSON and exit codes; no Qt.

`parser` says what can be typed, `running` carries it out and words what went wrong. One module for each group of
commands declares its options and does its work; what takes long to import is imported when a command needs it.
"""
