"""The end of a report: each leg in a sentence, criteria, what is missing, decided, open."""

from __future__ import annotations

from collections.abc import Iterator

from ultrasound.domain import SEVERITIES
from ultrasound.knowledge.schema_criteria import name_checklist
from ultrasound.write.report.rows import (
    SYSTEMS,
    THROMBUS,
    Row,
    Sourced,
    StudyRows,
    join_refs,
    refer,
    split_list,
)
from ultrasound.write.report.tree import Block, Fields, Heading, Line, Statement, Table
from ultrasound.write.report.words import Words, join_named, quote
from ultrasound.write.review_rows import NOT_FOUND, SUPERSEDED

_CRITERIA_WIDTHS = (4.6, 3.2, 2.2, 7.0)
_DECISION_WIDTHS = (5.0, 3.0, 4.0, 5.0)
_REVIEW_WIDTHS = (1.9, 3.6, 6.2, 5.3)
_VERDICTS = ("met", "cannot_say", "not_met")
_TIERS = ("essential", "recommended")


def write_impression(rows: StudyRows, words: Words, leg: str) -> Iterator[Block]:
    """One leg: its sentence, CEAP as stated and as derived, and the answers of the criteria."""
    row, title = rows.legs.get(leg), words.report.sections[leg]
    if row is None:
        yield Statement(words.report.no_leg_row, kind="silent", label=title)
        return
    criteria = rows.of_leg("criteria", leg)
    proof = (*rows.proof(leg, "sentence", *SYSTEMS, *THROMBUS), *join_refs(criteria))
    yield Statement(str(row["sentence"] or ""), proof, label=title)
    yield Fields(tuple(_tell_scores(rows, words, leg, row)))
    lines = tuple(_list_criteria(criteria, words))
    if lines:
        yield Table(words.report.columns.criteria, lines, _CRITERIA_WIDTHS)


def _tell_scores(rows: StudyRows, words: Words, leg: str, row: Row) -> Iterator[Statement]:
    for name in ("ceap_stated", "vcss_stated"):
        found = [fact for fact in rows.facts(name) if fact[1]["leg"] in (leg, None)]
        label = words.label(name)
        if row[name]:
            yield Statement(str(row[name]), join_refs(found), label=label)
        elif name == "ceap_stated":
            yield Statement(words.report.not_stated, kind="silent", label=label)
    derived = [str(row[name]) for name in ("ceap_p", "ceap_a") if row[name]]
    if derived:
        label = words.label("ceap_derived")
        proof = rows.proof(leg, "ceap_a", "ceap_p", *SYSTEMS, *THROMBUS)
        marks = [words.say(flag) for flag in split_list(row["flags"]) if flag.startswith("ceap_")]
        tail = f" [{', '.join(marks)}]" if marks else ""
        yield Statement(f"{'; '.join(derived)}{tail}", proof, label=label)


def _list_criteria(criteria: list[Sourced], words: Words) -> Iterator[Line | str]:
    """The answers below the title of their set: of each criterion those that are met first."""
    groups: dict[tuple[str, ...], list[Sourced]] = {}
    for ref, row in criteria:
        family, _, name = str(row["criterion"]).partition(":")
        mark = "" if row["verified"] else f" [{words.report.not_verified}]"
        key = (family, f"{name or family}{mark}", str(row["asked"] or ""))
        groups.setdefault(key, []).append((ref, row))
    families = dict.fromkeys(family for family, *_ in groups)
    for family in families:
        yield family
        for (own, name, asked), found in groups.items():
            for verdict in _VERDICTS if own == family else ():
                same = [item for item in found if item[1]["verdict"] == verdict]
                if same:
                    cells = (name, asked, words.say(verdict), _tell_answers(same, words))
                    yield Line(cells, _prove_answers(same))


def _tell_answers(found: list[Sourced], words: Words) -> str:
    """The places of one verdict, those with the same finding together."""
    places: dict[str, list[str]] = {}
    for _, row in found:
        reason = row["reason"] if row["verdict"] == "cannot_say" else None
        why = "; ".join(str(part) for part in (row["found"], reason) if part)
        places.setdefault(why, []).append(words.name_place(row))
    return "; ".join(f"{join_named(named)} ({why})" for why, named in places.items())


def _prove_answers(found: list[Sourced]) -> tuple[str, ...]:
    observations = (ref for _, row in found for ref in refer(row["observations"]))
    return (*join_refs(found), *dict.fromkeys(observations))


def write_criteria(rows: StudyRows, words: Words) -> Iterator[Block]:
    """The publications that the answers of the criteria rest on."""
    sources: dict[str, list[Sourced]] = {}
    for ref, row in rows.numbered("criteria"):
        name = str(row["criterion"]).partition(":")[0]
        text = f"{name}: {row['reference']} ({row['edition']})"
        sources.setdefault(text, []).append((ref, row))
    if sources:
        label = words.label("criteria")
        yield Fields(tuple(Statement(t, join_refs(f), label=label) for t, f in sources.items()))


def write_missing(rows: StudyRows, words: Words) -> Iterator[Block]:
    """The items of a complete report that are not stated, leg by leg; no section where none is."""
    names = name_checklist()
    statements = []
    for leg in rows.legs:
        for tier in _TIERS:
            items = [
                names.get(str(row["item"]), str(row["item"]))
                for _, row in rows.of_leg("completeness", leg)
                if row["tier"] == tier and row["state"] == "missing"
            ]
            label = f"{words.report.sections[leg]}, {words.report.labels[tier]}"
            if items:
                statements.append(Statement(join_named(items), kind="silent", label=label))
    if statements:
        yield Heading(words.report.sections["missing"])
        yield Fields(tuple(statements))


def write_review(rows: StudyRows, words: Words) -> Iterator[Block]:
    """What a physician has to check, worst first."""
    yield Heading(words.report.sections["review"])
    found = rows.open_review()
    items = sorted(found, key=lambda item: SEVERITIES.index(str(item[1]["severity"])))
    if not items:
        yield Statement(words.report.no_review, kind="silent")
        return
    lines = tuple(_tell_item(ref, row, words) for ref, row in items)
    yield Table(words.report.columns.review, lines, _REVIEW_WIDTHS)


def write_decisions(rows: StudyRows, words: Words) -> Iterator[Block]:
    """What a physician decided, and who; no section where there is nothing."""
    found = [item for item in rows.numbered("corrections") if item[1]["state"] != SUPERSEDED]
    if found:
        items = {row["id"]: (ref, row) for ref, row in rows.numbered("review")}
        lines = (_tell_decision(item, items.get(item[1]["review"]), words) for item in found)
        yield Heading(words.report.sections["decisions"])
        yield Table(words.report.columns.decisions, tuple(lines), _DECISION_WIDTHS)


def _tell_decision(decision: Sourced, asked: Sourced | None, words: Words) -> Line:
    ref, row = decision
    kind = words.say(asked[1]["code"]) if asked else ""
    prop = words.say(row["property"]) if row["property"] else ""
    about = ": ".join(part for part in (kind, _name_place(row, words), prop) if part)
    value = words.say(row["value_to"]) if row["value_to"] else ""
    lost = f"[{words.say(row['state'])}]" if row["state"] == NOT_FOUND else ""
    cells = (
        about,
        words.say(row["value_from"]) if row["value_from"] else "",
        " ".join(part for part in (words.say(row["decision"]), value, lost) if part),
        f"{row['initials']}, {row['decided']} ({row['workbook']}, {row['cell']})",
    )
    return Line(cells, (ref, *join_refs([asked] if asked else [])))


def _name_place(row: Row, words: Words) -> str:
    vein = words.name_vein({"item": None, **row}) if row["vein"] else ""
    level = words.name_level(row["segment"]) if row["segment"] else ""
    return join_named(part for part in (str(row["leg"] or ""), vein, level) if part)


def _tell_item(ref: str, row: Row, words: Words) -> Line:
    about = _name_place(row, words)
    quotes = quote(row["quotes"]) if row["quotes"] else ""
    kind, severity = words.say(row["code"]), str(row["severity"])
    cells = (severity, f"{kind}: {about}" if about else kind, str(row["message"]), quotes)
    return Line(cells, (ref,), strong=severity == "high")
