"""Writes a table of facts as the text of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

from tools.generator.facts import GROUPS, Cells, Facts, Site
from tools.generator.lists import (
    heading,
    write_bare_slashes,
    write_bullets,
    write_bullets_by_vein,
    write_by_level,
    write_key_value,
    write_leaders,
    write_levels,
    write_sided_lines,
    write_slashes,
)
from tools.generator.noise import Noise, misspell, wrap
from tools.generator.prose import write_deep, write_groups, write_repeats, write_sentences
from tools.generator.tables import (
    draw_fixed,
    draw_pipes,
    draw_tabs,
    fit_table,
    split_table,
    write_centre,
    write_table,
)
from tools.generator.voice import Voice
from tools.generator.words import load_words

Paragraphs = list[str]
Lines = Callable[[Sequence[Site], Voice], list[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """An invented report with the facts that it says, as rows of a gold file."""

    text: str
    facts_expected: frozenset[Cells]
    layout: str
    noise: Noise


def write_report(facts: Facts, layout: str, noise: Noise, rng: Random) -> Report:
    """Write a report that says the facts.

    Args:
        facts: what it says. A layout that cannot say all leaves some of it out; what it says is
            in the result.
        layout: one of LAYOUTS.
        noise: the manner.
        rng: where chance comes from; the same seed gives the same report.
    """
    voice = Voice(noise, rng, load_words())
    fitted = Facts(tuple(map(_FITS.get(layout, _as_it_is), facts.sites)))
    single = tuple(site for site in fitted.sites if site.vein not in GROUPS)
    groups = tuple(site for site in fitted.sites if site.vein in GROUPS)
    body = LAYOUTS[layout](Facts(single), Facts(groups), voice)
    opening, closing = _opening(facts, voice), _closing(voice)
    lacking = noise.words - sum(len(part.split()) for part in (*opening, *body, *closing))
    filler = [wrap(_fill(voice, lacking), noise)] if lacking > 0 else []
    text = "\n\n".join([*opening, *filler, *body, *closing]) + "\n"
    text = misspell(text, voice.words.typos["words"], noise.typos, rng)
    return Report(text, fitted.cells(), layout, noise)


def _as_it_is(site: Site) -> Site:
    return site


def _opening(facts: Facts, voice: Voice) -> Paragraphs:
    """Title, identity, indication, technique and limits, as many as the manner asks for."""
    table, noise = voice.words.boilerplate, voice.noise
    key = facts.legs[0] if len(facts.legs) == 1 else "both"
    legs = voice.pick(voice.words.legs[key]["title"])
    title = voice.pick(table["title"])
    the = "the " if key != "both" else ""
    title = title.format(legs=legs.upper() if title[1:2].isupper() else legs, the=the)
    paragraphs = [title]
    if noise.header:
        paragraphs += [voice.pick(table["header"]), voice.pick(table["indication"])]
    if noise.technique:
        paragraphs.append(wrap(voice.pick(table["technique"]), noise))
    if noise.threshold:
        paragraphs.append(wrap(voice.pick(table["threshold"]), noise))
    return paragraphs


def _fill(voice: Voice, words: int) -> str:
    """So many words of sentences that say nothing of a vein, as far as there are any."""
    sentences = list(voice.words.boilerplate["filler"])
    voice.rng.shuffle(sentences)
    text = ""
    while sentences and len(text.split()) < words:
        text += f" {sentences.pop()}"
    return text.strip()


def _closing(voice: Voice) -> Paragraphs:
    table = voice.words.boilerplate
    if not voice.noise.closing:
        return []
    return [voice.pick(table["recommendation"]), voice.pick(table["signature"])]


def _in_legs(facts: Facts, groups: Facts, voice: Voice, lines: Lines) -> Paragraphs:
    """A block for each leg under its heading, statements of systems at its end."""
    blocks = []
    for leg in Facts(facts.sites + groups.sites).legs:
        block = lines(facts.of(leg).sites, voice)
        block += write_groups(groups.of(leg).sites, voice, sided=False)
        blocks.append("\n".join([heading(leg, voice), *block]))
    return blocks + _conclude(facts, (), voice)


def _leg_prose(sites: Sequence[Site], voice: Voice) -> list[str]:
    sentences = write_deep(sites, voice, sided=False)
    return [wrap(" ".join(sentences), voice.noise)] if sentences else []


def _conclude(facts: Facts, groups: Sequence[Site], voice: Voice) -> Paragraphs:
    """Statements of systems, and what the conclusion says again."""
    said = list(write_groups(groups, voice, sided=True))
    if voice.noise.repeats:
        said += write_repeats(facts.sites, voice)
    if not said:
        return []
    return ["\n".join([voice.pick(voice.words.boilerplate["impression"]), *said])]


def _all_together(facts: Facts, groups: Facts, voice: Voice, lines: Lines) -> Paragraphs:
    """One block for both legs, statements of systems under a heading of their own."""
    head = [voice.pick(voice.words.boilerplate["findings"])]
    body = "\n".join(head + lines(facts.sites, voice))
    return [body, *_conclude(facts, groups.sites, voice)]


def _by_system(facts: Facts, groups: Facts, voice: Voice) -> Paragraphs:
    paragraphs = []
    for system, titles in voice.words.systems.items():
        sites = [site for site in facts.sites if site.system == system]
        write = write_deep if system == "deep" else write_sentences
        said = write(sites, voice, sided=True)
        said += write_groups([s for s in groups.sites if s.system == system], voice, sided=True)
        if said:
            paragraphs.append(voice.pick(titles) + "\n" + wrap(" ".join(said), voice.noise))
    return paragraphs + _conclude(facts, (), voice)


def _tabled(facts: Facts, groups: Facts, voice: Voice, lines: Lines) -> Paragraphs:
    """A table, and below it what has no column."""
    parts = [split_table(site) for site in facts.sites]
    table = lines([cells for cells, _ in parts if cells.says_something()], voice)
    rest = [notes for _, notes in parts if notes.says_something()]
    sentences = write_deep(rest, voice, sided=True)
    notes = [wrap(" ".join(sentences), voice.noise)] if sentences else []
    head = [voice.pick(voice.words.boilerplate["notes"])] if notes else []
    paragraphs = ["\n".join(table), "\n".join(head + notes)]
    return [p for p in paragraphs if p] + _conclude(facts, groups.sites, voice)


Layout = Callable[[Facts, Facts, Voice], Paragraphs]
LAYOUTS: Final[dict[str, Layout]] = {
    "leg_blocks": partial(_in_legs, lines=_leg_prose),
    "key_value": partial(_in_legs, lines=write_key_value),
    "sided_lines": partial(_all_together, lines=write_sided_lines),
    "bullets": partial(_in_legs, lines=write_bullets),
    "bullets_by_vein": partial(_all_together, lines=write_bullets_by_vein),
    "by_level": partial(_all_together, lines=write_by_level),
    "level_colon": partial(_in_legs, lines=write_levels),
    "dotted_leaders": partial(_in_legs, lines=write_leaders),
    "slash_pairs": partial(_in_legs, lines=write_slashes),
    "slash_header": partial(_in_legs, lines=write_bare_slashes),
    "prose_by_system": _by_system,
    "pipe_table": partial(_tabled, lines=partial(write_table, draw=draw_pipes)),
    "tab_table": partial(_tabled, lines=partial(write_table, draw=draw_tabs)),
    "fixed_width": partial(_tabled, lines=partial(write_table, draw=draw_fixed)),
    "centre_labels": partial(_tabled, lines=write_centre),
}
_FITS: Final = {
    "pipe_table": fit_table,
    "tab_table": fit_table,
    "fixed_width": fit_table,
    "centre_labels": fit_table,
    "slash_pairs": fit_table,
    "slash_header": fit_table,
}
