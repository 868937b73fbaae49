"""What a reviewer wrote in a workbook becomes decisions; what is not clear becomes an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import DECISIONS, SET_ASIDE, Correction, Leg, Quantity
from ultrasound.review.compare import Edit, Row
from ultrasound.review.desk import Desk, Draft, Remark, show_value
from ultrasound.review.values import (
    LEG,
    UNITS,
    Statement,
    ValueUnclearError,
    check_place,
    parse_statement,
    parse_value,
)
from ultrasound.review.workbook import as_text
from ultrasound.write.review_rows import write_value

# Columns of Segments that make one value: number, bound, upper end.
_MEASURED: Final = {
    "reflux_time": ("reflux_time_ms", "reflux_time_comparator", "reflux_time_upper_ms"),
    "diameter": ("diameter_mm", "diameter_comparator", "diameter_upper_mm"),
    "depth": ("depth_mm",),
}


def make_decisions(edits: Iterable[Edit], desk: Desk) -> tuple[list[Correction], list[Remark]]:
    """The decisions of all edits, and a remark for each cell that cannot be taken in."""
    made: list[Correction] = []
    remarks: list[Remark] = []
    for edit in edits:
        decide = _decide_review if edit.table == "review" else _decide_place
        for found in decide(edit, desk):
            if isinstance(found, Correction):
                made.append(found)
            else:
                remarks.append(found)
    return made, remarks


def _decide_review(edit: Edit, desk: Desk) -> Iterator[Correction | Remark]:
    decision = (as_text(edit.shown["decision"]) or "").casefold()
    text = as_text(edit.shown["corrected_value"])
    who = desk.name_reviewer(as_text(edit.shown["initials"]))
    if not decision and text is None:
        yield _tell_undecided(edit)
        return
    fault = _find_fault(edit, decision, text)
    if fault is None and who is None:
        fault = f"{edit.places['initials']}: no initials (letters, up to 12 characters)"
    if fault is not None or who is None:
        yield Remark(fault or "")
        return
    draft = Draft(desk, decision, edit.places["decision"], who, _text(edit.row, "id"))
    try:
        if decision == "add":
            yield _add(parse_statement(text or "", desk.knowledge), edit, draft)
        else:
            yield from _decide_targets(edit, text, draft)
    except ValueUnclearError as error:
        yield Remark(f"{edit.places['corrected_value']}: {error}")


def _tell_undecided(edit: Edit) -> Remark:
    """A row with initials alone, or one whose earlier decision was emptied."""
    where = edit.places["decision"]
    if edit.row is not None and edit.row["decision"] is not None:
        text = (
            f"{where}: was emptied; the earlier decision stands until another is given, or its "
            "line is taken out of the trail"
        )
        return Remark(text, fatal=False)
    return Remark(f"{where}: no decision beside the initials")


def _find_fault(edit: Edit, decision: str, text: str | None) -> str | None:
    """What is wrong with a decision before its value is looked at."""
    where, value = edit.places["decision"], edit.places["corrected_value"]
    if decision not in DECISIONS:
        return f"{where}: not a decision; use one of {', '.join(DECISIONS)}"
    if edit.row is None and decision != "add":
        return f"{where}: no such row in the results; a new row can only add"
    if decision in ("correct", "add") and text is None:
        return f"{value}: no value to {decision}"
    if decision in ("accept", "reject") and text is not None:
        return f"{value}: a value, but the decision is to {decision}"
    return None


def _text(row: Row | None, name: str) -> str | None:
    value = None if row is None else row[name]
    return None if value is None else str(value)


def _add(stated: Statement, edit: Edit, draft: Draft) -> Correction:
    """A fact that nobody read; its place is taken from the row where the value does not say it."""
    row, leg = edit.row or edit.shown, stated.leg
    if leg is None and (side := (as_text(row["leg"]) or "").casefold()) in tuple(Leg):
        leg = Leg(side)
    vein = stated.vein or (as_text(row["vein"]) or "").upper() or None
    segment = stated.segment
    if segment is None and stated.vein is None and (word := as_text(row["segment"])):
        segment = "_".join(word.casefold().split())
    code = check_place(leg, vein, segment, draft.desk.knowledge)
    study = as_text(row["study"]) or ""
    anchor = draft.desk.find_anchor(study, None if edit.row is None else str(row["document"]))
    if anchor is None and edit.row is None:
        raise ValueUnclearError("the column Study names no exam of the results")
    place = {"leg": leg, "vein": code, "segment": segment, "item": None}
    return draft.make(anchor, stated.property, stated.value, place)


def _decide_targets(edit: Edit, text: str | None, draft: Draft) -> Iterator[Correction]:
    """Decide on the facts that a review item is about."""
    assert edit.row is not None
    ids = (_text(edit.row, "observations") or "").split("; ")
    targets = [draft.desk.facts[key] for key in ids if key in draft.desk.facts]
    if not targets and draft.decision == "correct":
        raise ValueUnclearError(
            "nothing was read here that could be corrected; use add, or write over the value in "
            "Segments"
        )
    if not targets:
        yield draft.make(None, None, None, edit.row)
    if draft.decision == "accept":
        for fact in targets:
            yield draft.make(fact, str(fact["property"]), None, fact)
    elif draft.decision == "reject":
        if len({_reading(fact) for fact in targets}) > 1:
            raise ValueUnclearError(
                "the item is about different readings; correct it with the value that holds"
            )
        for fact in targets:
            yield draft.make(fact, str(fact["property"]), None, fact)
    else:
        yield from _correct_targets(targets, text or "", draft)


def _correct_targets(targets: Sequence[Row], text: str, draft: Draft) -> Iterator[Correction]:
    """One value for the facts of one property, once for each place that they speak of."""
    props = list(dict.fromkeys(str(fact["property"]) for fact in targets))
    first = text.split(maxsplit=1)[0].casefold()
    if first == LEG or text.casefold() in tuple(Leg):
        yield from _move(targets, text.casefold().removeprefix(LEG), draft)
        return
    if first in props:
        prop, text = first, text.split(maxsplit=1)[-1]
    elif len(props) > 1:
        raise ValueUnclearError(f"write the property before the value: {' or '.join(props)}")
    else:
        prop = props[0]
    value = parse_value(prop, text, draft.desk.knowledge)
    fitting = [fact for fact in targets if fact["property"] == prop]
    yield from _replace(fitting, prop, value, draft)


def _move(facts: Sequence[Row], text: str, draft: Draft) -> Iterator[Correction]:
    """Give facts to the other leg; one that is there already, or of no leg's vein, is accepted."""
    leg = parse_value(LEG, text, draft.desk.knowledge)
    for fact in facts:
        if fact["leg"] == leg or fact["vein"] == "IVC":
            yield replace(draft, decision="accept").make(fact, str(fact["property"]), None, fact)
        else:
            yield draft.make(fact, LEG, leg, fact)


def _replace(
    facts: Sequence[Row], prop: str, value: Quantity | str, draft: Draft
) -> Iterator[Correction]:
    """One value for each place; a source that gives it already is accepted."""
    seen = set()
    for fact in facts:
        place = tuple(fact[name] for name in ("study", "leg", "vein", "segment", "item"))
        if show_value(fact) == write_value(value):
            yield replace(draft, decision="accept").make(fact, prop, None, fact)
        elif place in seen:
            yield replace(draft, decision="reject").make(fact, prop, None, fact)
        else:
            yield draft.make(fact, prop, value, fact)
            seen.add(place)


def _reading(fact: Row) -> tuple[object, ...]:
    names = ("property", "value_number", "value_code", "comparator", "upper")
    return tuple(fact[name] for name in names)


def _decide_place(edit: Edit, desk: Desk) -> Iterator[Correction | Remark]:
    """The values of a row of Segments that the reviewer changed."""
    properties = {column: prop for prop, columns in _MEASURED.items() for column in columns}
    for prop in dict.fromkeys(properties.get(column, column) for column in edit.cells):
        columns = _MEASURED.get(prop, (prop,))
        where = next(edit.places[column] for column in columns if column in edit.cells)
        who = desk.name_reviewer(None)
        if who is None:
            yield Remark(f"{where}: no initials; give them with --initials")
            continue
        try:
            yield from _change_value(edit, prop, columns, Draft(desk, "correct", where, who, None))
        except ValueUnclearError as error:
            yield Remark(f"{where}: {error}")


def _change_value(
    edit: Edit, prop: str, columns: Sequence[str], draft: Draft
) -> Iterator[Correction]:
    row = edit.row
    assert row is not None
    facts = draft.desk.list_facts(row)
    own = [
        fact
        for fact in facts
        if fact["property"] == prop
        and (fact["segment"], fact["item"]) == (row["segment"], row["item"])
        and not any(flag in SET_ASIDE for flag in str(fact["flags"] or "").split("; "))
    ]
    words = [as_text(edit.shown[column]) for column in columns]
    if words[0] is None:
        if not own:
            raise ValueUnclearError(
                "was emptied, but its value is of the vein as a whole: empty it in that row"
            )
        for fact in own:
            yield replace(draft, decision="reject").make(fact, prop, None, fact)
        return
    value = parse_value(prop, _compose(words, prop), draft.desk.knowledge)
    if own:
        yield from _replace(own, prop, value, draft)
    elif facts:
        yield replace(draft, decision="add").make(facts[0], prop, value, row)
    else:
        raise ValueUnclearError("the row rests on no observation; add the fact in Review")


def _compose(words: Sequence[str | None], prop: str) -> str:
    """The cells of one value as one text; a number alone keeps the bound that its cell shows."""
    number, sign, upper = [*words, None, None][:3]
    text = number or ""
    if prop in UNITS and text.replace(".", "", 1).isdigit():
        text = f"{sign or '='} {text}" + (f" to {upper}" if upper else "")
    return text
