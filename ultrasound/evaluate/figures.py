"""How well readings match their annotations: counts, rates, and the kinds of error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from ultrasound.evaluate.facts import MEASURED, Fact, Gold, Place, Reading

_NORMAL: Final = (
    ("reflux", "absent"),
    ("thrombus", "absent"),
    ("compressibility", "full"),
    ("flow", "normal"),
    ("patency", "patent"),
)


@dataclass(slots=True)
class Score:
    """The figures, as they are printed with ``--json``, and one line for each error."""

    figures: dict[str, Any]
    errors: list[str]

    @property
    def table(self) -> str:
        """The figures as a table for people."""
        figures = self.figures
        lines = [
            f"{'property':18}{'prec':>8}{'recall':>8}{'F1':>8}{'hit':>6}{'extra':>6}{'miss':>6}"
        ]
        for prop, row in figures["by_property"].items():
            rates = "".join(f"{row[name]:8.3f}" for name in ("precision", "recall", "f1"))
            counts = "".join(f"{row.get(name, 0):6}" for name in ("hit", "extra", "missing"))
            lines.append(f"{prop:18}{rates}{counts}")
        kinds = sorted(figures["kinds"].items(), key=lambda item: (-item[1], item[0]))
        named = ", ".join(f"{name} {count}" for name, count in kinds) or "none"
        return "\n".join([*lines, f"kinds of error: {named}", *self._sum_up()])

    def _sum_up(self) -> tuple[str, str]:
        f = self.figures
        return (
            (
                f"review items per report {f['review_items_per_report']}, "
                f"due {f['reviews_due_met']} of {f['reviews_due']}, "
                f"perfect reports {f['perfect_reports']} of {f['reports']}"
            ),
            (
                f"all: precision {f['precision']:.4f} recall {f['recall']:.4f} F1 {f['f1']:.4f}, "
                f"{f['errors']} errors of {f['facts']} facts, {f['silent_errors']} silent, "
                f"{f['ungrounded']} not grounded in their quote"
            ),
        )


def score_readings(reports: Iterable[tuple[str, Gold, Reading]]) -> Score:
    """Compare each report with its annotation and add up."""
    table: dict[str, Counter[str]] = {}
    kinds: Counter[str] = Counter()
    total: Counter[str] = Counter()
    errors: list[str] = []
    for name, gold, reading in reports:
        extra = sorted(reading.facts - gold.required - gold.allowed, key=str)
        missing = sorted(gold.required - reading.facts, key=str)
        hits = gold.required & reading.facts
        for outcome, facts in (("hit", hits), ("extra", extra), ("missing", missing)):
            total[outcome] += len(facts)
            for fact in facts:
                table.setdefault(fact.property, Counter())[outcome] += 1
        known = gold.required | gold.allowed
        kinds.update(kind for fact in extra if (kind := _name_error(fact, known)))
        wrong = [("extra", fact) for fact in extra] + [("missing", fact) for fact in missing]
        silent = [not _is_spoken_for(fact, reading.reviews) for _, fact in wrong]
        errors += [
            "\t".join((name, mark + (" SILENT" if mute else ""), *map(str, fact)))
            for (mark, fact), mute in zip(wrong, silent, strict=True)
        ]
        total["reports"] += 1
        total["perfect"] += not wrong
        total["silent"] += sum(silent)
        total["ungrounded"] += reading.ungrounded
        total["items"] += len(reading.reviews)
        total["due"] += len(gold.reviews_due)
        total["met"] += sum(_is_met(place, reading.reviews) for place in gold.reviews_due)
    return Score(_summarize(total, table, kinds), errors)


def _summarize(
    total: Counter[str], table: dict[str, Counter[str]], kinds: Counter[str]
) -> dict[str, Any]:
    return {
        "reports": total["reports"],
        "facts": total["hit"] + total["missing"],
        **_measure(total),
        "perfect_reports": total["perfect"],
        "silent_errors": total["silent"],
        "errors": total["extra"] + total["missing"],
        "kinds": dict(kinds),
        "ungrounded": total["ungrounded"],
        "reviews_due": total["due"],
        "reviews_due_met": total["met"],
        "review_items_per_report": round(total["items"] / total["reports"], 2),
        "by_property": {prop: {**_measure(table[prop]), **table[prop]} for prop in sorted(table)},
    }


def _measure(counts: Counter[str]) -> dict[str, float]:
    hit, read, due = (
        counts["hit"],
        counts["hit"] + counts["extra"],
        counts["hit"] + counts["missing"],
    )
    precision = hit / read if read else 1.0
    recall = hit / due if due else 1.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _name_error(fact: Fact, known: set[Fact]) -> str | None:
    """The worst that is wrong with a fact that the annotation does not hold."""
    here = {other.value for other in known if other[:4] == fact[:4]}
    checks = (
        ("wrong leg", any(other[1:] == fact[1:] for other in known)),
        ("reflux polarity", fact.property == "reflux" and bool(here)),
        ("thrombus polarity", fact.property == "thrombus" and _is_opposed(fact, here)),
        ("invented normal", _is_invented_normal(fact, known)),
        ("wrong number", fact.property in MEASURED and bool(here)),
        ("wrong vein", any(_differs_in(fact, other, "vein") for other in known)),
        ("wrong segment", any(_differs_in(fact, other, "segment") for other in known)),
    )
    return next((name for name, wrong in checks if wrong), None)


def _is_opposed(fact: Fact, here: set[float | str]) -> bool:
    return bool(here) and ("absent" in here or fact.value == "absent")


def _is_invented_normal(fact: Fact, known: set[Fact]) -> bool:
    said = any(other[:2] == fact[:2] and other[3:5] == fact[3:5] for other in known)
    return (fact.property, fact.value) in _NORMAL and not said


def _differs_in(fact: Fact, other: Fact, cell: str) -> bool:
    """Whether another fact is the same but for its vein (at any level), or for its segment."""
    if other.leg != fact.leg or other[3:] != fact[3:]:
        return False
    return other.vein != fact.vein if cell == "vein" else other.vein == fact.vein


def _is_spoken_for(fact: Fact, reviews: Iterable[Place]) -> bool:
    return any(vein == fact.vein and leg in (None, fact.leg) for leg, vein in reviews)


def _is_met(place: Place, reviews: Iterable[Place]) -> bool:
    due_leg, due_vein = place
    return any(
        vein == due_vein and (due_leg is None or leg in (None, due_leg)) for leg, vein in reviews
    )
