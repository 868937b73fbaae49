"""One writer's voice: chooses synonyms, and writes names and numbers in one manner."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Final

from tools.generator.facts import SEGMENTS, Measure, Site, write_plain
from tools.generator.noise import Noise
from tools.generator.words import Choices, Words

_MILLI: Final = ("ms", "msec")
_JUNCTIONS: Final = ("sfj", "spj")
_THOUSAND: Final = 1000


class Voice:
    """Chooses among synonyms: once for the whole report, or anew each time where mixed."""

    def __init__(self, noise: Noise, rng: Random, words: Words) -> None:
        self.noise = noise
        self.rng = rng
        self.words = words
        self._chosen: dict[Choices, str] = {}

    def pick(self, choices: Choices) -> str:
        """One of the choices, the same one each time unless the manner is mixed."""
        if self.noise.mixed:
            return self.rng.choice(choices)
        if choices not in self._chosen:
            self._chosen[choices] = self.rng.choice(choices)
        return self._chosen[choices]

    def vein(self, site: Site) -> str:
        """The vein's name; a junction and a perforator have names of their own."""
        names = self.words.veins.get(f"{site.vein} {site.segment}") or self.words.veins[site.vein]
        return self.pick(names[self.noise.names])

    def trunk(self, vein: str) -> str:
        """The name of a vein as a heading over its levels."""
        return self.pick(self.words.veins[vein][self.noise.names])

    def level(self, segment: str) -> str:
        """The level as a label."""
        return self.pick(self.words.segments[segment][self.noise.names])

    def label(self, site: Site) -> str:
        """The place as a label: "GSV mid thigh", "SFJ", "FV mid"."""
        if site.segment is None or has_own_name(site):
            return self.vein(site)
        form = self.pick(
            ("{vein} {level}", "{vein} {level}", "{vein} ({level})", "{vein}, {level}")
        )
        return form.format(vein=self.trunk(site.vein), level=self.level(site.segment))

    def time(self, measure: Measure, *, bare: bool = False) -> str:
        """A time with its bound and its unit; bare leaves the unit to a header."""
        return self._write(measure, self.noise.time_unit, bare=bare)

    def size(self, measure: Measure, *, bare: bool = False) -> str:
        """A diameter with its bound and its unit; bare leaves the unit to a header."""
        return self._write(measure, self.noise.size_unit, bare=bare)

    def _write(self, measure: Measure, unit: str, *, bare: bool) -> str:
        number = self._number(measure.value, unit)
        if measure.upper is not None:
            number += self.pick(("-", " - ", "-")) + self._number(measure.upper, unit)
        if not bare:
            gap = "" if self.noise.glued and unit != "seconds" else " "
            number += gap + self.words.units[unit]
        forms = self.words.comparators[measure.comparator]
        return (forms[0] if bare else self.pick(forms)).format(n=number)

    def _number(self, value: Decimal, unit: str) -> str:
        if unit in _MILLI:
            whole = f"{int(value)}"
            return f"{int(value):,}" if self.noise.thousands else whole
        if unit == "cm":
            text = write_plain(value / 10)
        elif unit == "mm":
            text = write_plain(value)
        else:
            text = write_plain(value / _THOUSAND)
        if "." not in text and unit != "mm":
            text += ".0"
        return text.replace(".", ",") if self.noise.decimal_comma else text


def has_own_name(site: Site) -> bool:
    """Whether the place has a name of its own: a junction or a perforator."""
    return site.segment in _JUNCTIONS or site.vein in ("TPV", "CPV")


def sort_sites(sites: list[Site], order: str, rng: Random) -> list[Site]:
    """The places of each vein from the groin down, from the ankle up, or in any order."""
    if order == "down":
        return sites
    veins = list(dict.fromkeys(site.vein for site in sites))
    sorted_sites = []
    for vein in veins:
        group = [site for site in sites if site.vein == vein]
        if order == "up":
            group.reverse()
        elif vein in SEGMENTS:
            rng.shuffle(group)
        sorted_sites += group
    return sorted_sites
