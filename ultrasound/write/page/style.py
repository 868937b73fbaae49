"""The page's style: the colours of the knowledge tables, and what a link marks where it leads.

A browser marks the target of a link by itself. The rules here make it mark all words of a note, the
words that support it and its entry, so that no script is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from ultrasound.knowledge.schema_drawing import load_page_look, load_vein_map
from ultrasound.write.page.notes import Note
from ultrasound.write.page.spots import Spots


@lru_cache(maxsize=1)
def write_style() -> str:
    """The style that all pages share."""
    fixed = resources.files(__package__).joinpath("page.css").read_text("utf-8")
    return "\n".join([_list_colours(), fixed, *_dress_marks(), *_dress_statuses()])


def _list_colours() -> str:
    """The colours by name, for the style sheet."""
    drawn, look = load_vein_map(), load_page_look()
    colours = {name: drawn.colours[name] for name in ("text", "caption", "paper", "deep_band")}
    colours |= {"rule": drawn.colours["deep_band_edge"], "pointed": drawn.colours["leg"]}
    colours |= {"chosen": look.chosen.ground, "chosen_support": look.chosen.support}
    named = "".join(f"--{name.replace('_', '-')}:{code};" for name, code in colours.items())
    return f":root{{{named}}}"


def _dress_marks() -> Iterator[str]:
    for mark in reversed(load_page_look().mark):
        width = "2px" if mark.code in ("fact", "review") else "1px"
        yield (
            f".{mark.code}{{background:{mark.ground};"
            f"text-decoration:underline {mark.style} {mark.line} {width}}}"
        )


def _dress_statuses() -> Iterator[str]:
    for status in load_vein_map().status:
        yield f".is-{status.code}{{color:{status.colour}}}"


def write_targets(notes: Iterable[Note], spots: Spots) -> str:
    """What each link of a page marks: words, entry and supporting words.

    The first list needs nothing but siblings, so that browsers that do not know ``:has`` mark the
    words at least.
    """
    words, others, supports, entries = [], [], [], []
    for note in notes:
        codes = [spots.find(origin).code for origin in note.origins]
        anchors = [note.anchor(number) for number in range(len(codes))]
        words += [f"#{a}:target~.{code}" for a, code in zip(anchors, codes, strict=True)]
        targets = ",".join(f"#{name}:target" for name in (*anchors, note.entry))
        here = f"body:has({targets})"
        others += [f"{here} .m.{code}" for code in dict.fromkeys(codes)]
        entries.append(f"{here} #{note.entry}")
        made_by = dict.fromkeys(spots.find(origin).code for origin in note.supports)
        if made_by:
            supports.append(f"{here} .m:is({','.join(f'.{code}' for code in made_by)})")
    chosen = "background:var(--chosen);box-shadow:0 -2px var(--text),0 2px var(--text)"
    return "\n".join(
        f"{','.join(selectors)}{{{look}}}"
        for selectors, look in (
            (supports, "background:var(--chosen-support);outline:1px dashed var(--text)"),
            (words, chosen),
            (others, chosen),
            (entries, "background:var(--chosen)"),
        )
        if selectors
    )
