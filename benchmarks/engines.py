"""One program on the corpus, in a process of its own: ``python -m benchmarks.engines NAME FOLDER``.

Runs in the program's own environment, and needs nothing beside it. Two passes over the corpus; what
is printed, as JSON, is the time of each, the peak of memory and the versions.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.corpus import choose_terms, list_reports, read_texts

PASSES: Final = 2
EDS_TERMS: Final = 400
TARGET_RULES: Final = 60
_MEGABYTE: Final = 1_000_000
_MEDSPACY: Final = ("pyrush", "target_matcher", "context", "sectionizer")

Work = Callable[[], None]


def make_extraction(paths: Sequence[Path]) -> Work:
    """Our extraction, all of it, from documents that were read before."""
    api = importlib.import_module("ultrasound")
    knowledge, settings = api.load_knowledge(), api.load_settings(None)
    documents = [
        document
        for path in paths
        for document in api.read_file(path, path.name, knowledge).documents
    ]

    def work() -> None:
        for document in documents:
            api.extract_document(document, knowledge, settings)

    return work


def make_whole(paths: Sequence[Path]) -> Work:
    """Our extraction from the file on: what it is, its language, its reports, and what they say."""
    api = importlib.import_module("ultrasound")
    knowledge, settings = api.load_knowledge(), api.load_settings(None)

    def work() -> None:
        for path in paths:
            for document in api.read_file(path, path.name, knowledge).documents:
                api.extract_document(document, knowledge, settings)

    return work


def make_tokenizer(paths: Sequence[Path]) -> Work:
    """The tokenizer that spaCy has for English, as it comes."""
    nlp = importlib.import_module("spacy").blank("en")
    return _over_texts(nlp.make_doc, read_texts(paths))


def make_eds(paths: Sequence[Path]) -> Work:
    """EDS-NLP: sentences, terms in lower case, negation and quantities."""
    texts = read_texts(paths)
    nlp = importlib.import_module("edsnlp").blank("eds")
    nlp.add_pipe("eds.sentences")
    terms = {term: [term] for term in choose_terms(texts, EDS_TERMS)}
    nlp.add_pipe("eds.matcher", config={"terms": terms, "attr": "LOWER"})
    nlp.add_pipe("eds.negation")
    nlp.add_pipe("eds.quantities", config={"quantities": "all", "use_tables": False})
    return _over_texts(nlp, texts)


def make_medspacy(paths: Sequence[Path]) -> Work:
    """The pipeline that medspaCy has: sentences (PyRuSH), targets, ConText and sections."""
    texts = read_texts(paths)
    importlib.import_module("loguru").logger.remove()  # it writes a line for each sentence
    nlp = importlib.import_module("medspacy").load(
        enable=[f"medspacy_{name}" for name in _MEDSPACY]
    )
    rule = importlib.import_module("medspacy.target_matcher").TargetRule
    rules = [rule(term, "FINDING") for term in choose_terms(texts, TARGET_RULES)]
    nlp.get_pipe("medspacy_target_matcher").add(rules)
    return _over_texts(nlp, texts)


def _over_texts(process: Callable[[str], Any], texts: Sequence[str]) -> Work:
    def work() -> None:
        for text in texts:
            process(text)

    return work


ENGINES: Final[Mapping[str, tuple[Callable[[Sequence[Path]], Work], tuple[str, ...]]]] = {
    "extraction": (make_extraction, ("spacy",)),
    "whole": (make_whole, ("spacy",)),
    "tokenizer": (make_tokenizer, ("spacy",)),
    "eds_nlp": (make_eds, ("edsnlp", "spacy")),
    "medspacy": (make_medspacy, ("medspacy", "PyRuSH", "spacy", "numpy")),
}


def measure(name: str, paths: Sequence[Path]) -> dict[str, Any]:
    """Time the passes of a program, in seconds of processor time."""
    make, packages = ENGINES[name]
    started = time.process_time()
    work = make(paths)
    ready = time.process_time() - started
    passes = []
    for _ in range(PASSES):
        started = time.process_time()
        work()
        passes.append(time.process_time() - started)
    return {
        "passes": passes,
        "ready": ready,
        "megabytes": peak_megabytes(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in packages},
    }


def peak_megabytes() -> float | None:
    """The most memory that this process held; None where the system does not tell."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * unit / _MEGABYTE


def main() -> None:
    """Measure one program and print the result as JSON, on the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=tuple(ENGINES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    print(json.dumps(measure(asked.name, list_reports(asked.folder, asked.count))))


if __name__ == "__main__":
    main()
