"""Draws what a report is about, and in which manner it is written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Final

from tools.generator.facts import LEFT, RIGHT, SEGMENTS, Facts, Measure, Site
from tools.generator.noise import Noise, happens

_DEEP_PLACES: Final = (
    ("CFV", None),
    ("FV", None),
    ("FV", "mid"),
    ("POPV", None),
    ("DFV", None),
    ("PTV", None),
    ("PRV", None),
    ("GAV", None),
)
_PERFORATOR_PLACES: Final = (
    ("TPV", "mid_thigh"),
    ("TPV", "distal_thigh"),
    ("CPV", "proximal_calf"),
    ("CPV", "mid_calf"),
    ("CPV", "distal_calf"),
)
_SUPERFICIAL_LIMIT: Final = 500
_DEEP_LIMIT: Final = 1000


def draw_facts(rng: Random) -> Facts:
    """The facts of an exam of one leg or of both, such as one could find them in a patient."""
    legs = rng.choice(((RIGHT, LEFT), (RIGHT, LEFT), (LEFT, RIGHT), (RIGHT,), (LEFT,)))
    sites: list[Site] = []
    for leg in legs:
        found = _draw_deep(rng, leg)
        for vein in ("GSV", "SSV"):
            found += _draw_trunk(rng, leg, vein)
        found += _draw_others(rng, leg)
        sites += found + _draw_groups(rng, leg, found)
    return Facts(tuple(sites))


def draw_noise(rng: Random, *, words: int = 0) -> Noise:
    """The manner of a report.

    Args:
        rng: where chance comes from.
        words: how long the report has to be at least; 0 for no more than is needed.
    """
    comma = happens(rng, 20)
    return Noise(
        time_unit=rng.choice(("s", "s", "sec", "seconds", "ms", "ms", "msec")),
        size_unit=rng.choice(("mm", "mm", "mm", "cm")),
        decimal_comma=comma,
        thousands=not comma and happens(rng, 20),
        glued=happens(rng, 20),
        names=rng.choice(("short", "short", "full", "full", "old")),
        mixed=happens(rng, 30),
        order=rng.choice(("down", "down", "up", "shuffled")),
        width=rng.choice((0, 0, 60, 78, 100)),
        hyphenated=happens(rng, 30),
        typos=rng.choice((0, 0, 0, 1, 2)),
        header=words > 0 or happens(rng, 60),
        technique=words > 0 or happens(rng, 50),
        threshold=words > 0 or happens(rng, 40),
        closing=words > 0 or happens(rng, 40),
        repeats=words > 0 or happens(rng, 25),
        cell_units=happens(rng, 30),
        time_first=happens(rng, 20),
        words=words,
    )


def _draw_trunk(rng: Random, leg: str, vein: str) -> list[Site]:
    """A saphenous trunk: some of its segments, or one statement about the vein."""
    kind = rng.choices(("silent", "competent", "missing", "segments"), (10, 10, 5, 75))[0]
    if kind == "silent":
        return []
    if kind == "competent":
        return [Site(leg, vein, reflux="absent")]
    if kind == "missing":
        return [Site(leg, vein, anatomy=rng.choice(("absent", "not_visualized")))]
    segments = SEGMENTS[vein]
    first, last = sorted(rng.choices(range(len(segments)), k=2))
    width = Decimal(rng.randint(25, 110)) / 10
    sites = []
    for index, segment in enumerate(segments):
        if happens(rng, 30):
            continue
        sick = first <= index <= last
        site = Site(leg, vein, segment)
        if happens(rng, 80):
            site = replace(site, diameter=_draw_width(rng, max(Decimal(15) / 10, width)))
        width -= Decimal(rng.randint(0, 12)) / 10
        site = _with_reflux(rng, site, sick=sick)
        sites.append(site if site.says_something() else replace(site, reflux="absent"))
    return sites


def _draw_width(rng: Random, width: Decimal) -> Measure:
    if happens(rng, 5):
        return Measure(width, upper=width + Decimal(rng.randint(3, 15)) / 10)
    return Measure(width, rng.choice((">", "<", "~")) if happens(rng, 5) else "=")


def _with_reflux(rng: Random, site: Site, *, sick: bool) -> Site:
    """The place with a time, a word of competence, both or neither."""
    kind = rng.choices(("time", "word", "both", "not_assessed", "silent"), (35, 35, 15, 3, 12))[0]
    limit = _DEEP_LIMIT if site.system == "deep" else _SUPERFICIAL_LIMIT
    low, high = (limit + 50, 4500) if sick else (50, limit - 50)
    time = Measure(Decimal(rng.randint(low // 10, high // 10) * 10))
    if sick and happens(rng, 8):
        time = replace(time, comparator=rng.choice((">", "~", ">=")))
    word = "present" if sick else "absent"
    if kind in ("time", "both"):
        site = replace(site, reflux_time=time)
    if kind in ("word", "both"):
        site = replace(site, reflux=word)
    return replace(site, reflux="not_assessed") if kind == "not_assessed" else site


def _draw_deep(rng: Random, leg: str) -> list[Site]:
    sites: list[Site] = []
    clotted = happens(rng, 15)
    for vein, segment in rng.sample(_DEEP_PLACES, rng.randint(1, 4)):
        site = Site(leg, vein, segment)
        if any(vein == other.vein for other in sites):
            continue
        if clotted and happens(rng, 50):
            site = replace(
                site,
                compressibility=rng.choice(("none", "partial")),
                thrombus=rng.choice(("acute", "chronic", "present")),
            )
        else:
            site = _with_reflux(rng, _healthy(rng, site), sick=happens(rng, 25))
        sites.append(site if site.says_something() else replace(site, compressibility="full"))
    order = [vein for vein, _ in _DEEP_PLACES]
    return sorted(sites, key=lambda site: order.index(site.vein))


def _healthy(rng: Random, site: Site) -> Site:
    """A deep vein without thrombus, as much of it as the report says."""
    return replace(
        site,
        compressibility=rng.choice(("full", "full", None)),
        thrombus=rng.choice(("absent", None, None)),
        patency=rng.choice(("patent", None, None)),
    )


def _draw_others(rng: Random, leg: str) -> list[Site]:
    """Accessory veins and perforators."""
    sites = []
    if happens(rng, 30):
        segment = rng.choice((None, "proximal_thigh", "mid_thigh"))
        size = _draw_width(rng, Decimal(rng.randint(20, 60)) / 10)
        site = Site(leg, "AASV", segment, diameter=size)
        sites.append(_with_reflux(rng, site, sick=happens(rng, 50)))
    if happens(rng, 15):
        sites.append(Site(leg, "GIAC", anatomy=rng.choice(("absent", "not_visualized"))))
    for vein, segment in rng.sample(_PERFORATOR_PLACES, rng.choice((0, 0, 1, 1, 2))):
        size = Measure(Decimal(rng.randint(20, 55)) / 10)
        site = _with_reflux(rng, Site(leg, vein, segment, diameter=size), sick=happens(rng, 70))
        sites.append(site)
    return sites


def _draw_groups(rng: Random, leg: str, sites: list[Site]) -> list[Site]:
    """Statements of whole systems that no place of the leg contradicts."""
    clotted = any(site.thrombus not in (None, "absent") for site in sites)
    leaky = any(
        site.system == "perforators" and (site.reflux == "present" or site.reflux_time)
        for site in sites
    )
    groups = []
    if not clotted and happens(rng, 50):
        groups.append(Site(leg, "DEEP", thrombus="absent"))
    if not clotted and happens(rng, 15):
        groups.append(Site(leg, "SUPERFICIAL", thrombus="absent"))
    if not leaky and happens(rng, 30):
        groups.append(Site(leg, "PERF", reflux="absent"))
    return groups
