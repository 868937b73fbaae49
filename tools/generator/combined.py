"""Statements of several places at once: a range, a list in parallel, several veins, both legs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tools.generator.facts import DEEP, SEGMENTS, WORDS, Site
from tools.generator.noise import happens
from tools.generator.phrases import join
from tools.generator.voice import Voice

_LEAST_RANGE: Final = 3

Told = tuple[list[str], list[Site]]


def take_pairs(group: Sequence[Site]) -> tuple[list[Site], list[Site]]:
    """Places of which both legs are told the same, once each, and the rest."""
    both: list[Site] = []
    for site in group:
        twins = [other for other in group if other.place == site.place and other.leg != site.leg]
        if site.says_something() and any(replace(t, leg=site.leg) == site for t in twins):
            both.append(site)
    rest = [site for site in group if site not in both]
    return list({site.place: site for site in both}.values()), rest


def take_shared(sites: Sequence[Site], voice: Voice, *, sided: bool) -> Told:
    """What several deep veins of a leg have in common, and the rest."""
    said: list[str] = []
    rest = list(sites)
    for leg in dict.fromkeys(site.leg for site in sites):
        for name in WORDS:
            value, members = _shared(rest, leg, name)
            key = f"{name}_{value}"
            if len(members) > 1 and key in voice.words.plural and happens(voice.rng, 50):
                side = f"{leg} " if sided else ""
                names = join([voice.vein(site) for site in members])
                said.append(f"The {side}{names} {voice.pick(voice.words.plural[key])}.")
                rest = [site.without(name) if site in members else site for site in rest]
    return said, [site for site in rest if site.says_something()]


def _shared(sites: Sequence[Site], leg: str, name: str) -> tuple[str | None, list[Site]]:
    """The value that most deep veins of a leg share, with no time beside it, and the veins."""
    of_leg = [s for s in sites if s.leg == leg and s.vein in DEEP and s.segment is None]
    if name == "reflux":
        of_leg = [site for site in of_leg if site.reflux_time is None]
    values = [value for site in of_leg if (value := site.words().get(name)) is not None]
    if not values:
        return None, []
    value = max(sorted(set(values)), key=values.count)
    return value, [site for site in of_leg if site.words().get(name) == value]


def take_trunk(group: list[Site], voice: Voice, *, sided: bool) -> Told:
    """A range of competence and a list of diameters of one trunk, as chance will, and the rest."""
    said, rest = _take_range(group, voice, sided=sided)
    listed, rest = _take_list(rest, voice, sided=sided)
    return said + listed, rest


def _take_range(group: list[Site], voice: Voice, *, sided: bool) -> tuple[list[str], list[Site]]:
    """A run of a trunk's segments with one word of competence, said as a range, and the rest."""
    vein, leg = group[0].vein, group[0].leg
    run = _longest_run(group)
    if len(run) < _LEAST_RANGE or happens(voice.rng, 40):
        return [], group
    value = next(site.reflux for site in group if site.segment == run[0])
    verb = voice.pick(voice.words.verbs[f"reflux_{value}"])
    segments = voice.words.segments
    span = f"from {segments[run[0]]['to']} to {segments[run[-1]]['to']}"
    side = f"{leg} " if sided else ""
    sentence = f"The {side}{voice.trunk(vein)} {verb} {span}."
    rest = [replace(s, reflux=None) if s.segment in run else s for s in group]
    return [sentence], [site for site in rest if site.says_something()]


def _longest_run(group: Sequence[Site]) -> list[str]:
    """The longest run of neighbouring segments that share ``present`` or ``absent``."""
    words = {site.segment: site.reflux for site in group}
    best: list[str] = []
    run: list[str] = []
    for segment in SEGMENTS.get(group[0].vein, ()):
        word = words.get(segment)
        if run and word != words[run[0]]:
            run = []
        if word in ("present", "absent"):
            run = [*run, segment]
        best = max(best, run, key=len)
    return best


def _take_list(group: list[Site], voice: Voice, *, sided: bool) -> Told:
    """Diameters in parallel: "measures 5.1 and 4.8 mm at mid thigh and at the knee respectively".

    A decimal comma would make the list hard to read, so there is none then.
    """
    members = [
        site
        for site in group
        if site.segment in SEGMENTS.get(site.vein, ())
        and site.diameter is not None
        and site.diameter == replace(site.diameter, comparator="=", upper=None)
    ]
    if len(members) < _LEAST_RANGE - 1 or voice.noise.decimal_comma or not happens(voice.rng, 25):
        return [], group
    sizes = [voice.size(site.diameter, bare=True) for site in members if site.diameter]
    places = [voice.words.segments[site.segment or ""]["prose"][0] for site in members]
    unit = voice.words.units[voice.noise.size_unit]
    side = f"{members[0].leg} " if sided else ""
    said = f"The {side}{voice.trunk(members[0].vein)} measures {join(sizes)} {unit}"
    rest = [site.without("diameter") if site in members else site for site in group]
    return [f"{said} {join(places)} respectively."], [s for s in rest if s.says_something()]
