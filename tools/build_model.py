"""Saves the reading pipeline as spaCy saves one: ``python -m tools.build_model``.

The folder holds the configuration and the hash of the knowledge tables, no copy of them; loading it
with other tables than it was built from is refused.
"""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from ultrasound.config import Settings
from ultrasound.evaluate import evaluate_folder
from ultrasound.extract.language import make_language
from ultrasound.knowledge import load_knowledge

SAMPLES: Final = Path(__file__).parent.parent / "sample_reports"
FOLDER: Final = Path(__file__).parent.parent / "models" / "venous_duplex"
KEPT: Final = ("README.md",)


def build_model(folder: Path) -> None:
    """Write the pipeline to a folder, in place of what stands there but its card."""
    knowledge = load_knowledge()
    nlp = make_language(knowledge.text, knowledge.hash)
    nlp.meta.update(read_meta(knowledge.hash))
    folder.mkdir(parents=True, exist_ok=True)
    for entry in folder.iterdir():
        if entry.name not in KEPT:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    nlp.to_disk(folder, exclude=["vocab"])
    _write_alike_everywhere(folder)


def read_meta(knowledge_hash: str) -> dict[str, Any]:
    """What meta.json says of the model beside what spaCy writes itself."""
    return {
        "name": "venous_duplex",
        "version": version("venous-ultrasound"),
        "description": "Reads venous duplex reports of the legs into observations, by rules.",
        "license": "Apache-2.0",
        "knowledge_hash": knowledge_hash,
        "performance": _measure(),
    }


def _measure() -> dict[str, float]:
    """The scores over the sample reports, as docs/accuracy.md explains them."""
    figures = evaluate_folder(SAMPLES, load_knowledge(), Settings()).score.figures
    return {f"samples_{name}": figures[name] for name in ("precision", "recall", "f1")}


def _write_alike_everywhere(folder: Path) -> None:
    """Write the same bytes on every platform: sorted keys, LF at line ends, no build of spaCy."""
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if path.name == "meta.json":
            data.pop("spacy_git_version", None)
        text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    config = folder / "config.cfg"
    config.write_text(config.read_text("utf-8").rstrip() + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build_model(FOLDER)
