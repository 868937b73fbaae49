"""The rows of veins.toml."""

from __future__ import annotations

from ultrasound.knowledge.tables import Row


class Vein(Row):
    """A vein code with the words that name it.

    ``patterns`` are names built of words with several spellings, those of ``words``.
    """

    code: str
    name: str
    system: str
    scale: str
    terms: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    sct: str | None = None
    anatomy: str | None = None
    members: tuple[str, ...] = ()


class NamedPlace(Row):
    """Words that name several veins, or a vein with its segment.

    ``above``: of these veins those that the report has named before; ``patterns`` as for veins.
    """

    terms: tuple[str, ...]
    veins: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    segment: str | None = None
    above: bool = False


class Rival(Row):
    """One vein that an ambiguous name can mean."""

    code: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    near: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Ambiguous(Row):
    """A name that laboratories use for different veins."""

    term: str
    rivals: tuple[Rival, ...]
    setting: str | None = None


class Inferred(Row):
    """A shorthand that is read as one vein and flagged."""

    terms: tuple[str, ...]
    vein: str


class Route(Row):
    """Veins in the order in which one leads into the next."""

    veins: tuple[str, ...]


class Shortened(Row):
    """An abbreviation of a finding and a vein, and the two words that it stands for."""

    term: str
    words: tuple[str, str]


class UnknownVeins(Row):
    """How a vein that these tables do not name is told: a word before a noun such as "vein".

    ``plain`` are words that stand there and name none.
    """

    nouns: tuple[str, ...]
    plain: tuple[str, ...]


class VeinTable(Row):
    """veins.toml; ``words`` are the spellings of the words that patterns are built of."""

    words: dict[str, tuple[str, ...]]
    vein: tuple[Vein, ...]
    place: tuple[NamedPlace, ...]
    ambiguous: tuple[Ambiguous, ...]
    inferred: tuple[Inferred, ...]
    route: tuple[Route, ...]
    shortened: tuple[Shortened, ...] = ()
    unknown: UnknownVeins
    areas: tuple[str, ...] = ()
