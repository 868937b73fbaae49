"""Reading one knowledge table: TOML in this package, or a lab's own file of the same form."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ultrasound.errors import KnowledgeError

Model = TypeVar("Model", bound=BaseModel)


class Row(BaseModel):
    """Base of every knowledge row: frozen, and a key that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def table_bytes(name: str) -> bytes:
    """The bytes of a shipped table, ``name`` relative to this package ("criteria/x.toml")."""
    return resources.files(__package__).joinpath(name).read_bytes()


def parse_table(data: bytes, name: str, model: type[Model]) -> Model:
    """Validate one table; raises KnowledgeError that names the file and the key."""
    try:
        raw: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        return model.model_validate(raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{name}: not a TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        words = first["msg"].removeprefix("Value error, ")
        raise KnowledgeError(": ".join(filter(None, (name, key, words)))) from error


def load_table(name: str, model: type[Model]) -> Model:
    """Load and validate a table that ships with the package."""
    return parse_table(table_bytes(name), name, model)


def load_file(path: Path, model: type[Model]) -> Model:
    """Load and validate a lab's own table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path.name}: cannot be read: {error.strerror}") from error
    return parse_table(data, path.name, model)
