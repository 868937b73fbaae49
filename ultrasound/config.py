"""The lab's settings: one TOML file in which every key is optional, and no key is ignored."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ultrasound.errors import ConfigError


class Settings(BaseModel):
    """What a lab knows of its own reports that a report does not say.

    Attributes:
        criteria: id of the criteria set that the legs are judged by, or a file with one.
        payers: ids of the payer profiles that the legs are held against, or files; none by default.
        date_order: whether 03/04/2024 is the 3rd of April (``dmy``) or March 4th (``mdy``).
        length_unit: unit of a diameter that is written without one.
        time_unit: unit of a reflux time that is written without one.
        lsv: the vein that "LSV" means here, the great or the small saphenous.
        codes: whether candidates of diagnosis and procedure codes are listed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    criteria: str = "svs_avf_avls_2022"
    payers: tuple[str, ...] = ()
    date_order: Literal["dmy", "mdy"] | None = None
    length_unit: Literal["mm", "cm"] | None = None
    time_unit: Literal["ms", "s"] | None = None
    lsv: Literal["GSV", "SSV"] | None = None
    codes: bool = False


def load_settings(path: Path | None) -> Settings:
    """Read a settings file; without one, the defaults.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or holds an unknown key or value;
            the message names the file and the key.
    """
    if path is None:
        return Settings()
    try:
        found = Settings.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"{path.name}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: not a TOML file: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{path.name}: {_explain(error)}") from error
    return found.model_copy(
        update={
            "criteria": _beside(path, found.criteria),
            "payers": tuple(_beside(path, name) for name in found.payers),
        }
    )


def is_file(name: str) -> bool:
    """Whether the name of a criteria set or payer profile is that of a file."""
    return name.lower().endswith(".toml")


def _beside(path: Path, name: str) -> str:
    """A file that a settings file names is looked for beside it."""
    return str(path.parent / name) if is_file(name) else name


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return f"{key}: not a setting; the settings are {known}"
    return f"{key}: {first['msg']}"
