"""Sentences: one for each place, after those that speak of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.generator.combined import take_pairs, take_shared, take_trunk
from tools.generator.facts import DEEP, Site
from tools.generator.noise import happens
from tools.generator.phrases import capital, join, say
from tools.generator.voice import Voice, has_own_name, sort_sites


def write_sentences(sites: Sequence[Site], voice: Voice, *, sided: bool) -> list[str]:
    """All that is said of some places, as sentences.

    Args:
        sites: the places, of one leg where the sentences have no side.
        voice: the writer.
        sided: whether each sentence names the leg.
    """
    ordered = sort_sites(list(sites), voice.noise.order, voice.rng)
    sentences = []
    for vein in dict.fromkeys(site.vein for site in ordered):
        group = [site for site in ordered if site.vein == vein]
        both, group = take_pairs(group) if sided and happens(voice.rng, 50) else ([], group)
        for site in both:
            place = voice.rng.choice(("on both sides", "bilaterally", "in both legs"))
            sentences.append(f"{_sentence(site, voice, sided=False).removesuffix('.')} {place}.")
        for leg in dict.fromkeys(site.leg for site in group):
            said, rest = take_trunk([s for s in group if s.leg == leg], voice, sided=sided)
            sentences += said
            sentences += [_sentence(site, voice, sided=sided) for site in rest]
    return sentences


def write_deep(sites: Sequence[Site], voice: Voice, *, sided: bool) -> list[str]:
    """As write_sentences, with what several deep veins share said of them together."""
    said, rest = take_shared(sites, voice, sided=sided)
    return said + write_sentences(rest, voice, sided=sided)


def _sentence(site: Site, voice: Voice, *, sided: bool) -> str:
    subject, ahead = _subject(site, voice, sided=sided)
    verbs = join(say(site, voice, voice.words.verbs))
    if site.vein in ("PTV", "PRV", "GAV"):
        verbs = _pluralize(verbs)
    if ahead:
        return f"{capital(ahead)} {subject} {verbs}."
    return f"{capital(subject)} {verbs}."


def _pluralize(verbs: str) -> str:
    """The verbs for a name in the plural."""

    def turn(match: re.Match[str]) -> str:
        word = match.group()
        if word in singular:
            return singular[word]
        return word.removesuffix("es" if word in ("refluxes", "compresses") else "s")

    singular = {"is": "are", "was": "were", "has": "have", "does": "do"}
    endings = ("measures", "shows", "refluxes", "compresses", "contains")
    return re.sub(rf"\b(?:{'|'.join((*singular, *endings))})\b", turn, verbs)


def _subject(site: Site, voice: Voice, *, sided: bool) -> tuple[str, str]:
    """The subject of a sentence, and what stands ahead of it."""
    side = f"{site.leg} " if sided else ""
    if site.segment is None or has_own_name(site):
        return f"the {side}{voice.vein(site)}", ""
    name = voice.trunk(site.vein)
    if site.vein in DEEP:
        return f"the {side}{voice.level(site.segment)} {name}", ""
    level = voice.pick(voice.words.segments[site.segment]["prose"])
    form = voice.rng.choice(("behind", "behind", "ahead", "adjective"))
    if form == "ahead":
        return f"the {side}{name}", level
    if form == "adjective":
        return f"the {side}{voice.level(site.segment)} {name}", ""
    return f"the {side}{name} {level}", ""


def write_groups(sites: Sequence[Site], voice: Voice, *, sided: bool) -> Iterator[str]:
    """Statements of systems: "No DVT in the right leg.", "No DVT in either leg."."""
    claims: dict[str, list[str]] = {}
    for site in sites:
        for name, value in site.words().items():
            claims.setdefault(f"{site.vein} {name} {value}", []).append(site.leg)
    for claim, legs in claims.items():
        words = capital(voice.pick(voice.words.groups[claim]))
        if not sided:
            yield f"{words}."
        elif len(legs) > 1:
            yield f"{words} in either leg."
        else:
            yield f"{words} {voice.rng.choice(('in the {} leg', 'on the {}')).format(legs[0])}."


def write_repeats(sites: Sequence[Site], voice: Voice) -> Iterator[str]:
    """What a conclusion says again of incompetent places: "Left GSV reflux at mid thigh."."""
    found = [site for site in sites if site.reflux == "present" and site.system == "superficial"]
    for site in voice.rng.sample(found, min(2, len(found))):
        word = voice.rng.choice(("incompetence", "reflux"))
        level = ""
        if site.segment is not None and not has_own_name(site):
            level = " " + voice.pick(voice.words.segments[site.segment]["prose"])
        name = voice.trunk(site.vein) if level else voice.vein(site)
        yield f"{capital(site.leg)} {name} {word}{level}."
