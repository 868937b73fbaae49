"""What is said of a place: fragments behind a label, verbs behind a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.generator.facts import PERFORATORS, Site
from tools.generator.voice import Voice
from tools.generator.words import Choices


def say(site: Site, voice: Voice, table: dict[str, Choices]) -> list[str]:
    """The properties of a place in the words of a table: fragments, or verbs.

    Args:
        site: the place with its properties.
        voice: the writer.
        table: a section of the words.
    """
    size = [] if site.diameter is None else [_size(site, voice, table)]
    reflux = list(_reflux(site, voice, table))
    parts = [*reflux, *size] if voice.noise.time_first else [*size, *reflux]
    for name, value in site.words().items():
        if name != "reflux":
            parts.append(voice.pick(table[f"{name}_{value}"]))
    return parts


def _size(site: Site, voice: Voice, table: dict[str, Choices]) -> str:
    assert site.diameter is not None
    return voice.pick(table["diameter"]).format(n=voice.size(site.diameter))


def _reflux(site: Site, voice: Voice, table: dict[str, Choices]) -> Iterator[str]:
    if site.reflux_time is None:
        if site.reflux is not None:
            yield voice.pick(table[f"reflux_{site.reflux}"])
        return
    if site.reflux is not None:
        choices = table[f"reflux_{site.reflux}_time"]
    else:
        choices = table["outward_time" if site.vein in PERFORATORS else "reflux_time"]
    yield voice.pick(choices).format(n=voice.time(site.reflux_time))


def join(parts: Sequence[str]) -> str:
    """The parts as one: "a", "a and b", "a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def capital(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]
