"""What was read from a document, kept for all tests and processes of one session.

The samples are read for many checks: read anew for each, they would take most of the time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ultrasound.config import Settings
from ultrasound.domain import Document, Extraction
from ultrasound.knowledge import Knowledge
from ultrasound.pipeline import extract_document

FOLDER: Final = "ULTRASOUND_TESTS_KEPT"  # names the folder that the first process makes


def extract_kept(document: Document, knowledge: Knowledge, settings: Settings) -> Extraction:
    """What ``extract_document`` gives, read once in a session with the same tables and settings."""
    return keep_read(
        repr((document, knowledge.hash, settings)),
        lambda: extract_document(document, knowledge, settings),
    )


def keep_read(asked: str, read: Callable[[], Extraction]) -> Extraction:
    """What ``read`` gives, called once in a session for all that is asked by the same words."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return read()
    kept = Path(folder) / hashlib.sha256(asked.encode(errors="surrogatepass")).hexdigest()
    if kept.exists():
        found: Extraction = pickle.loads(kept.read_bytes())
        return found
    said = read()
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_bytes(pickle.dumps(said))
    written.replace(kept)  # whole for the other processes
    return said
