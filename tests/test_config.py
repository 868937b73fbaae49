"""The lab's settings file: what it may hold, and how its errors are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ultrasound.config import Settings, load_settings
from ultrasound.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "lab.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    """No settings file is no error."""
    assert load_settings(None) == Settings(criteria="svs_avf_avls_2022")


def test_every_key_is_read(tmp_path: Path) -> None:
    """Each key of the file reaches the settings."""
    text = 'criteria = "esvs_2022"\ndate_order = "dmy"\nlength_unit = "cm"\ntime_unit = "s"\n'
    expected = Settings(
        criteria="esvs_2022", date_order="dmy", length_unit="cm", time_unit="s", lsv="SSV"
    )
    assert load_settings(write(tmp_path, text + 'lsv = "SSV"\n')) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('date_ordre = "dmy"', ["lab.toml", "date_ordre", "not a setting", "date_order"]),
        ('date_order = "ymd"', ["lab.toml", "date_order", "'dmy' or 'mdy'"]),
        ("criteria = 5", ["lab.toml", "criteria"]),
        ("criteria = ", ["lab.toml", "not a TOML file"]),
    ],
    ids=["unknown key", "wrong value", "wrong type", "no TOML"],
)
def test_an_error_names_the_file_and_the_key(tmp_path: Path, text: str, words: list[str]) -> None:
    """Whoever wrote the file can mend it from the message alone."""
    with pytest.raises(ConfigError) as caught:
        load_settings(write(tmp_path, text))
    assert [word for word in words if word not in str(caught.value)] == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A settings file that is not there is an error of the settings, not a crash."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read"):
        load_settings(tmp_path / "nowhere.toml")
