"""The errors of this project, each with a message for the person who can act.

::

    UltrasoundError
    ├── UsageError       what the person asked for cannot be done (exit status 2)
    ├── ConfigError      the lab's settings file is wrong: which key, what to write
    ├── KnowledgeError   a knowledge file is wrong: which file, which key, what is expected
    └── ReadError        one file cannot be used; becomes a Problem and never stops a batch

No message holds report text or patient data.
"""

from __future__ import annotations


class UltrasoundError(Exception):
    """Base of all errors that this project raises on purpose."""


class UsageError(UltrasoundError):
    """What was asked for cannot be done as asked."""


class ConfigError(UltrasoundError):
    """A settings file holds a key or value that is not understood."""


class KnowledgeError(UltrasoundError):
    """A knowledge table is not well formed; names the file and the key."""


class ReadError(UltrasoundError):
    """A file cannot be used, with the machine code that the Files table shows."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
