"""The saved pipeline: loads by itself, is not stale, and is the one that is used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import spacy

from tests.kept import extract_kept
from tools.build_model import FOLDER, build_model
from ultrasound.errors import KnowledgeError
from ultrasound.extract.language import COMPONENTS, make_language
from ultrasound.knowledge import hash_tables, load_knowledge


def test_saved_pipeline_has_the_tables_hash() -> None:
    """meta.json names the tables that ship; `make model` was run after the last change of one."""
    meta = json.loads((FOLDER / "meta.json").read_text("utf-8"))
    assert meta["knowledge_hash"] == hash_tables()


def test_saved_pipeline_reads_as_the_built_one() -> None:
    """Loaded from its folder, the pipeline has the same parts and gives the same outcomes."""
    knowledge = load_knowledge()
    text = "Right GSV: reflux of 2.3 s in the proximal thigh. No DVT."
    loaded, built = spacy.load(FOLDER), make_language(knowledge.text, knowledge.hash)
    assert loaded.pipe_names == built.pipe_names == list(COMPONENTS)
    assert loaded(text).user_data["reading"].outcomes == built(text).user_data["reading"].outcomes


def test_build_writes_what_is_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again gives the shipped files, byte for byte."""
    monkeypatch.setattr("ultrasound.evaluate.extract_document", extract_kept)
    build_model(tmp_path)
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == sorted(p.name for p in FOLDER.iterdir() if p.name != "README.md")
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_stale_pipeline_is_refused(tmp_path: Path) -> None:
    """A pipeline saved with other tables does not load."""
    saved = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, saved)  # which is as it is built
    config = saved / "config.cfg"
    config.write_text(config.read_text("utf-8").replace(hash_tables(), "0" * 64), "utf-8")
    with pytest.raises(KnowledgeError, match="make model"):
        spacy.load(saved)
