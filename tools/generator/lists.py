"""Layouts of lines: a label, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tools.generator.facts import Site
from tools.generator.phrases import capital, say
from tools.generator.voice import Voice, has_own_name, sort_sites

_BULLETS: Final = ("-", "•", "*", "–")
_LEADER: Final = 30
_LEAST_DOTS: Final = 4
_PAD: Final = 34

Block = list[str]
Item = Callable[[Site, str, Voice], str]


def by_vein(sites: Sequence[Site], voice: Voice) -> Iterator[tuple[str, list[Site]]]:
    """The veins, each with its places in the order of the report."""
    ordered = sort_sites(list(sites), voice.noise.order, voice.rng)
    for vein in dict.fromkeys(site.vein for site in ordered):
        yield vein, [site for site in ordered if site.vein == vein]


def heading(leg: str, voice: Voice) -> str:
    """The heading over a leg's part of the report, the same form for both legs."""
    return _paired(voice, leg, "heading")


def side(leg: str, voice: Voice) -> str:
    """The word for a side in front of a vein or in a column."""
    kind = voice.pick(("word", "short", "letter"))
    return capital(_paired(voice, leg, kind))


def _paired(voice: Voice, leg: str, kind: str) -> str:
    right = voice.words.legs["right"][kind]
    index = right.index(voice.pick(right))
    return voice.words.legs[leg][kind][index]


def _is_plain(site: Site) -> bool:
    return site.segment is None or has_own_name(site)


def _level_label(site: Site, voice: Voice) -> str:
    """A label under the heading of a vein."""
    if site.segment is None:
        return capital(voice.vein(site))
    return capital(voice.vein(site) if has_own_name(site) else voice.level(site.segment))


def write_key_value(sites: Sequence[Site], voice: Voice) -> Block:
    """One line for each vein: "GSV: SFJ 6.1 mm, RT 1.2 s; mid thigh 5.0 mm, competent"."""
    lines = []
    for vein, group in by_vein(sites, voice):
        plain = [site for site in group if _is_plain(site)]
        levels = [site for site in group if not _is_plain(site)]
        if not levels:
            lines += [f"{capital(voice.vein(s))}: {', '.join(_said(s, voice))}" for s in plain]
            continue
        parts = [f"{_inner(site, voice)} {', '.join(_said(site, voice))}" for site in group]
        lines.append(f"{capital(voice.trunk(vein))}: {'; '.join(parts)}")
    return lines


def _said(site: Site, voice: Voice) -> list[str]:
    return say(site, voice, voice.words.fragments)


def _inner(site: Site, voice: Voice) -> str:
    if site.segment is None:
        return voice.vein(site)
    return voice.vein(site) if has_own_name(site) else voice.level(site.segment)


def write_sided_lines(sites: Sequence[Site], voice: Voice) -> Block:
    """One line for each place with its side: "Right GSV mid thigh: 5.1 mm, RT 1.2 s"."""
    ordered = sort_sites(list(sites), voice.noise.order, voice.rng)
    return [
        f"{side(site.leg, voice)} {voice.label(site)}: {', '.join(_said(site, voice))}"
        for site in ordered
    ]


def write_bullets(sites: Sequence[Site], voice: Voice) -> Block:
    """One bullet for each place: "- GSV mid thigh: 5.1 mm, RT 1.2 s"."""
    ordered = sort_sites(list(sites), voice.noise.order, voice.rng)
    bullet = voice.rng.choice(_BULLETS)
    return [
        f"{bullet} {capital(voice.label(site))}: {', '.join(_said(site, voice))}"
        for site in ordered
    ]


def write_bullets_by_vein(sites: Sequence[Site], voice: Voice) -> Block:
    """A vein as heading, and a bullet for each leg with the places of that vein."""
    bullet = voice.rng.choice(_BULLETS)
    gap = voice.rng.choice((": ", " - "))
    lines: Block = []
    for vein, group in by_vein(sites, voice):
        lines.append(_vein_heading(vein, voice))
        for leg in dict.fromkeys(site.leg for site in group):
            parts = [_with_level(s, voice) for s in group if s.leg == leg]
            lines.append(f"{bullet} {side(leg, voice)}{gap}{'; '.join(parts)}")
    return lines


def _vein_heading(vein: str, voice: Voice) -> str:
    titles = {"TPV": "Thigh perforators", "CPV": "Calf perforators"}
    return titles.get(vein) or capital(voice.trunk(vein))


def _with_level(site: Site, voice: Voice) -> str:
    said = ", ".join(_said(site, voice))
    return said if site.segment is None else f"{_inner(site, voice)} {said}"


def write_by_level(sites: Sequence[Site], voice: Voice) -> Block:
    """A place as heading, and what is said of it in each leg: "R 5.1 mm, 1.2 s; L competent"."""
    lines: Block = []
    for place in dict.fromkeys(site.place for site in sites):
        group = [site for site in sites if site.place == place]
        parts = [f"{side(site.leg, voice)} {', '.join(_said(site, voice))}" for site in group]
        lines.append(f"{capital(voice.label(group[0]))}: {'; '.join(parts)}")
    return lines


def write_levels(sites: Sequence[Site], voice: Voice) -> Block:
    """A vein as heading and a line for each level: "Mid thigh: 5.1 mm, 1.2 s"."""
    return _under_veins(sites, voice, lambda site, label, _: f"{label}: {_line(site, voice)}")


def write_leaders(sites: Sequence[Site], voice: Voice) -> Block:
    """A vein as heading and a line for each level: "Mid thigh..... 5.1 mm   1.2 s"."""

    def item(site: Site, label: str, voice: Voice) -> str:
        dots = "." * max(_LEAST_DOTS, _LEADER - len(label))
        return f"{label}{dots} {'   '.join(_said(site, voice))}"

    return _under_veins(sites, voice, item)


def _line(site: Site, voice: Voice) -> str:
    return ", ".join(_said(site, voice))


def _under_veins(sites: Sequence[Site], voice: Voice, item: Item) -> Block:
    lines: Block = []
    for vein, group in by_vein(sites, voice):
        if all(_is_plain(site) for site in group):
            lines += [item(site, capital(voice.vein(site)), voice) for site in group]
            continue
        lines.append(capital(voice.trunk(vein)) + voice.pick(("", ":")))
        lines += ["  " + item(site, _level_label(site, voice), voice) for site in group]
    return lines


def write_slashes(sites: Sequence[Site], voice: Voice) -> Block:
    """As levels, the numbers as a pair: "Mid thigh   6.9 mm / 1248 ms"; the unit tells which."""

    def item(site: Site, label: str, voice: Voice) -> str:
        pair = [] if site.diameter is None else [voice.size(site.diameter)]
        if site.reflux_time is not None:
            pair.append(voice.time(site.reflux_time))
        if voice.noise.time_first:
            pair.reverse()
        rest = say(site.without("diameter", "reflux_time"), voice, voice.words.fragments)
        said = ", ".join([slash.join(pair), *rest] if pair else rest)
        return f"{label}: {said}" if colon else f"{label.ljust(_PAD)}  {said}"

    slash, colon = voice.pick((" / ", "/")), voice.pick(("colon", "blanks")) == "colon"
    return _under_veins(sites, voice, item)


def write_bare_slashes(sites: Sequence[Site], voice: Voice) -> Block:
    """Pairs without units under a line that tells them: "Mid thigh   6.9 / 1248"."""

    def item(site: Site, label: str, voice: Voice) -> str:
        size, time = site.diameter, site.reflux_time
        pair = [
            empty if size is None else voice.size(size, bare=True),
            empty if time is None else voice.time(time, bare=True),
        ]
        if voice.noise.time_first:
            pair.reverse()
        rest = say(site.without("diameter", "reflux_time"), voice, voice.words.fragments)
        said = rest if size is None and time is None else [" / ".join(pair), *rest]
        return f"{label.ljust(_PAD)}  {', '.join(said)}"

    empty = voice.pick(("-", "--"))
    head = [_column(voice, "diameter", voice.noise.size_unit)]
    head.append(_column(voice, "reflux_time", voice.noise.time_unit))
    if voice.noise.time_first:
        head.reverse()
    line = voice.pick(voice.words.columns["pairs"]).format(a=head[0], b=head[1])
    return [line, *_under_veins(sites, voice, item)]


def _column(voice: Voice, name: str, unit: str) -> str:
    return f"{voice.pick(voice.words.columns[name])} ({voice.words.units[unit]})"
