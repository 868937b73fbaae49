"""Reads a generated report back, and makes a failure small enough to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from random import Random

from tests.extract.marked import facts_of, read_text
from tools.generator import Cells, Facts, Noise, Report, draw_facts, draw_noise, write_report
from ultrasound.domain import Extraction, Origin, Temporality, TextSpan
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
PROPERTIES = ("diameter", "reflux_time", "reflux", "compressibility", "thrombus", "patency")


def read_facts(text: str) -> frozenset[Cells]:
    """What the reader finds in a text; a fact of an earlier exam is told apart."""
    extraction = read_text(text, KNOWLEDGE)
    prior = {("prior", *fact) for fact in facts_of(extraction, Temporality.PRIOR)}
    return facts_of(extraction, Temporality.CURRENT) | prior


def compare(expected: frozenset[Cells], got: frozenset[Cells]) -> list[str]:
    """The facts that are missing and those that are too much, one on a line."""
    lines = [f"missing: {' '.join(fact)}" for fact in sorted(expected - got)]
    return lines + [f"too much: {' '.join(fact)}" for fact in sorted(got - expected)]


def draw(seed: int) -> tuple[Facts, Noise]:
    """The facts and the manner of a seed."""
    rng = Random(seed)
    return draw_facts(rng), draw_noise(rng)


def find_faults(facts: Facts, layout: str, noise: Noise, seed: int) -> tuple[Report, list[str]]:
    """A report, and in what its reading differs from the facts."""
    report = write_report(facts, layout, noise, Random(seed))
    return report, compare(report.facts_expected, read_facts(report.text))


def explain(layout: str, seed: int) -> str:
    """The smallest report of a seed that still fails, with its faults; empty where none fails."""
    facts, noise = draw(seed)
    if not find_faults(facts, layout, noise, seed)[1]:
        return ""
    facts, noise = make_small(facts, noise, lambda f, n: bool(find_faults(f, layout, n, seed)[1]))
    report, faults = find_faults(facts, layout, noise, seed)
    return "\n".join([f"seed {seed}, {layout}:", report.text, *faults])


def make_small(
    facts: Facts, noise: Noise, fails: Callable[[Facts, Noise], bool]
) -> tuple[Facts, Noise]:
    """Take away noise, places and properties as long as it still fails."""
    smaller = True
    while smaller:
        smaller = False
        for next_facts, next_noise in _steps(facts, noise):
            if fails(next_facts, next_noise):
                facts, noise, smaller = next_facts, next_noise, True
                break
    return facts, noise


def _steps(facts: Facts, noise: Noise) -> Iterator[tuple[Facts, Noise]]:
    plain = Noise()
    for field in fields(Noise):
        if getattr(noise, field.name) != getattr(plain, field.name):
            yield facts, replace(noise, **{field.name: getattr(plain, field.name)})
    sites = facts.sites
    for index, site in enumerate(sites):
        if len(sites) > 1:
            yield Facts(sites[:index] + sites[index + 1 :]), noise
        for name in PROPERTIES:
            left = site.without(name)
            if left != site and left.says_something():
                yield Facts((*sites[:index], left, *sites[index + 1 :])), noise


def without_offsets(extraction: Extraction) -> list[object]:
    """All that was read, with the quotes and without their places."""
    rows: list[object] = []
    for obs in extraction.observations:
        support = tuple(replace(item, origin=_unplaced(item.origin)) for item in obs.support)
        rows.append(replace(obs, source=_unplaced(obs.source), support=support))
    rows += [replace(fact, source=_unplaced(fact.source)) for fact in extraction.context]
    rows += [replace(item, origin=_unplaced(item.origin)) for item in extraction.dismissals]
    for item in extraction.review:
        rows += [item.code, item.leg, item.vein, item.message, *map(_unplaced, item.origins)]
    return rows


def _unplaced(origin: Origin) -> Origin:
    assert isinstance(origin, TextSpan)
    return replace(origin, start=0, end=len(origin.quote))
