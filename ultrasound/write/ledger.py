"""What a run leaves for the next one over the same inputs: the rows of each study and patient.

An entry is named by a hash over all that it follows from, so that what the ledger gives is what
reading anew would give. A run that is ended in the middle leaves the entries that were whole.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ultrasound.errors import UsageError

# What is removed is overwritten: an exam that is gone from the inputs leaves nothing behind.
_SCHEMA: Final = """
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS entries (name TEXT PRIMARY KEY, content BLOB NOT NULL);
    CREATE TEMP TABLE used (name TEXT PRIMARY KEY);
"""
STUDY, PATIENT = "study", "patient"
_PER_TRANSACTION: Final = 100
_FAST: Final = 1


class Ledger:
    """The entries of one folder of results; what a whole run did not use is removed at its end.

    ``recalled`` counts what the run has taken from it, by STUDY and PATIENT.
    """

    def __init__(self, path: Path, base: Iterable[str]) -> None:
        """Open a ledger.

        Args:
            path: the file, made where there is none.
            base: what every entry follows from: the program, its libraries, tables and settings.

        Raises:
            UsageError: the file is damaged, or no ledger.
        """
        self.path = path
        self._base = tuple(base)
        self._studies: dict[str, str] = {}
        self._waiting = 0
        self.recalled: Counter[str] = Counter()
        with self._telling():
            self._store = sqlite3.connect(path)
            self._store.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._telling(), closing(self._store) as store:
            if kind is None:
                store.execute("DELETE FROM entries WHERE name NOT IN (SELECT name FROM used)")
            store.commit()

    def name_study(self, key: str, plan: str) -> str:
        """The name of a study's entry.

        Args:
            key: the study.
            plan: all that is known before it is read, with the names and hashes of its documents.
        """
        self._studies[key] = self._name(STUDY, key, plan)
        return self._studies[key]

    def name_patient(self, number: str, issuer: str | None, studies: Iterable[str]) -> str:
        """The name of a patient's entry, which follows from those of all of the patient's studies.

        Raises:
            KeyError: a study was not named before.
        """
        return self._name(PATIENT, number, issuer, *(self._studies[key] for key in studies))

    def find_held(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that have an entry.

        Raises:
            UsageError: the file is damaged.
        """
        query = "SELECT 1 FROM entries WHERE name = ?"
        with self._telling():
            return frozenset(n for n in names if self._store.execute(query, (n,)).fetchone())

    def recall(self, name: str) -> Any:
        """What an entry holds.

        Raises:
            UsageError: the file is damaged.
        """
        with self._telling():
            query = "SELECT content FROM entries WHERE name = ?"
            (packed,) = self._store.execute(query, (name,)).fetchone()
            content = json.loads(zlib.decompress(packed))
            self._note_use(name)
        self.recalled[name.partition(":")[0]] += 1
        return content

    def keep(self, name: str, content: object) -> None:
        """Add an entry of what JSON can hold.

        Raises:
            UsageError: the file cannot be written to.
        """
        packed = zlib.compress(json.dumps(content).encode(), _FAST)
        with self._telling():
            self._store.execute("INSERT OR REPLACE INTO entries VALUES (?, ?)", (name, packed))
            self._note_use(name)

    def _name(self, kind: str, *parts: str | None) -> str:
        digest = hashlib.sha256(json.dumps([*self._base, kind, *parts]).encode()).hexdigest()
        return f"{kind}:{digest}"

    def _note_use(self, name: str) -> None:
        self._store.execute("INSERT OR IGNORE INTO used VALUES (?)", (name,))
        self._waiting += 1
        if self._waiting == _PER_TRANSACTION:
            self._store.commit()
            self._waiting = 0

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say of an error in the file what to do; SQLite's own words name no content."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise UsageError(f"{self.path}: cannot be used ({error})") from error
        except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
            raise UsageError(
                f"{self.path}: is damaged, or was not written by this program; remove it and run "
                "again"
            ) from error
