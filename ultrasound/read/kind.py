"""What a text is, decided before it is read: a report of a leg-vein scan, or not, and why not.

A text is ours where the veins of the leg are named often enough, a finding of a scan is stated, and
no other part of the body outweighs them. What only asks for a scan, or plans one, states none.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ultrasound.knowledge.schema_documents import LEG_VEIN, DocumentKnowledge
from ultrasound.read.exported_exam import is_one_exam
from ultrasound.read.finding_rows import has_answers, has_fields, has_finding_rows
from ultrasound.read.language import find_language

BROKEN_WORD: Final = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-z])")
WRAPPED: Final = re.compile(r"(?<![.!?:; \t])[ \t]*\r?\n[ \t]*(?=[a-z])")
SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|[\r\n\f]+")
TABLE_CELL: Final = re.compile(r"(?:\s\s|\t|\||/)[<>~]?\d")
MEASURED: Final = re.compile(
    r"(?<![<>≥≤])(?<![<>≥≤] )\b\d[\d.,]* ?(?:mm|ms|msec|s|sec|secs|seconds)\b"
)
SEPARATORS: Final = (",", ";")
LEAST_ROWS: Final = 3
LEAST_COLUMNS: Final = 3
LEAST_LOG_LINES: Final = 4
LEAST_MARKUP: Final = 2
TITLE_FACTOR: Final = 3
VERDICTS: Final = 1024

NOT_OURS = "it is no report of a scan of leg veins"
NOTHING_FOUND = "it speaks of leg veins and states no finding of a scan"
NO_REPORT = "it holds no report"


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of exam, or the code and reason for which the text is not read."""

    exam: str | None = None
    code: str | None = None
    reason: str | None = None


def tell_kind(text: str, knowledge: DocumentKnowledge) -> TextKind:
    """The kind of exam that a text reports, or why it is none of ours.

    Codes: ``no_report``, ``language``, ``not_venous_leg``.
    """
    sample = text[: knowledge.text.classified_characters]
    form = _find_form(sample, knowledge)
    if form is not None:
        return TextKind(code="no_report", reason=form)
    language = find_language(sample, knowledge)
    if language is not None:
        return TextKind(code="language", reason=f"it is written in {language}: English is read")
    joined = WRAPPED.sub(" ", BROKEN_WORD.sub("", sample))
    weights = weigh_territories(joined, knowledge)
    if not _is_leg_vein(weights, knowledge):
        return _name_other(joined, weights, knowledge)
    rows = has_finding_rows(sample, knowledge) or has_answers(sample, knowledge)
    rows = rows or has_fields(sample, knowledge)
    rows = rows or is_delimited(_lines_of(sample))  # of one exam: others were refused above
    if not rows and not states_finding(joined, knowledge):
        return TextKind(code="not_venous_leg", reason=NOTHING_FOUND)
    return TextKind(exam=find_exam(joined, knowledge))


def weigh_territories(text: str, knowledge: DocumentKnowledge) -> Counter[str]:
    """How much a text speaks of each part of the body; each term counts a few times at most."""
    weights: Counter[str] = Counter()
    for territory in knowledge.territories:
        found = Counter(match.group().lower() for match in territory.terms.finditer(text))
        times = sum(min(count, knowledge.verdict.repeats) for count in found.values())
        weights[territory.name] += territory.weight * times
    return weights


@lru_cache(maxsize=VERDICTS)
def is_about_leg_veins(text: str, knowledge: DocumentKnowledge) -> bool | None:
    """Whether words name the veins of the leg; False where they name another part of the body.

    The images of an exam all bear the same words, so that verdicts are kept.
    """
    weights = weigh_territories(text, knowledge)
    if _is_leg_vein(weights, knowledge):
        return True
    others = _weigh_others(weights)
    return False if others >= knowledge.verdict.least and others > weights[LEG_VEIN] else None


def states_finding(text: str, knowledge: DocumentKnowledge) -> bool:
    """Whether a sentence says what a scan of leg veins found."""
    if any(_is_finding(sentence, knowledge) for sentence in _sentences(text)):
        return True
    title, _, body = text.strip().partition("\n")
    return _names_scan(title, knowledge) and any(
        _is_titled_finding(sentence, knowledge) for sentence in _sentences(body)
    )


def _names_scan(title: str, knowledge: DocumentKnowledge) -> bool:
    """Whether a first line is the title of a scan of leg veins, and asks for none."""
    short = len(title) <= knowledge.borders.limits.longest_title
    named = knowledge.borders.title_word.search(title) is not None
    asks = "?" in title or ":" in title or knowledge.request.search(title) is not None
    return short and named and not asks


def _is_titled_finding(sentence: str, knowledge: DocumentKnowledge) -> bool:
    """Whether a sentence below a title finds something: "Left popliteal vein DVT."."""
    label, sign, _ = sentence.partition(":")
    concludes = not sign or knowledge.borders.closing.search(label) is not None
    asks = "?" in sentence or knowledge.request.search(sentence) is not None
    past = knowledge.past.search(sentence) is not None
    return concludes and not asks and not past and bool(knowledge.finding_titled.search(sentence))


def _sentences(text: str) -> Iterator[str]:
    return (part for part in SENTENCE_END.split(text) if part and part.strip())


def _is_finding(sentence: str, knowledge: DocumentKnowledge) -> bool:
    found = knowledge.finding.search(sentence) is not None
    if "?" in sentence or knowledge.request.search(sentence):
        return found and MEASURED.search(sentence) is not None
    if found:
        return True
    vein = any(
        territory.terms.search(sentence)
        for territory in knowledge.territories
        if territory.name == LEG_VEIN and territory.weight > 1
    )
    beside = knowledge.finding_near_vein.search(sentence) or TABLE_CELL.search(sentence)
    return vein and beside is not None


def _is_leg_vein(weights: Counter[str], knowledge: DocumentKnowledge) -> bool:
    ours = weights[LEG_VEIN]
    others = _weigh_others(weights)
    verdict = knowledge.verdict
    return ours >= verdict.least and (ours >= others or ours >= verdict.enough)


def _weigh_others(weights: Counter[str]) -> int:
    return max((weight for name, weight in weights.items() if name != LEG_VEIN), default=0)


def _name_other(text: str, weights: Counter[str], knowledge: DocumentKnowledge) -> TextKind:
    signs = {match.group().lower() for match in knowledge.medical.finditer(text)}
    if len(signs) >= knowledge.verdict.medical or max(weights.values()) >= knowledge.verdict.least:
        return TextKind(code="not_venous_leg", reason=NOT_OURS)
    return TextKind(code="no_report", reason=NO_REPORT)


def find_exam(text: str, knowledge: DocumentKnowledge) -> str:
    """The kind of exam of a text that is known to be ours."""
    tested = [part for part in _sentences(text) if not knowledge.reflux_not_done.search(part)]
    first = tested[: knowledge.exams.title_lines]
    title = "\n".join(part for part in first if not knowledge.past.search(part))
    body = "\n".join(tested)
    scores = {
        name: TITLE_FACTOR * len(words.title.findall(title)) + len(words.body.findall(body))
        for name, words in knowledge.exam_words.items()
    }
    if scores["post_procedure"] >= TITLE_FACTOR:
        return "post_procedure"
    if scores["mapping"] >= max(TITLE_FACTOR, scores["insufficiency"]):
        return "mapping"
    if scores["insufficiency"] >= knowledge.exams.least_reflux or not scores["dvt"]:
        return "insufficiency"
    return "dvt"


def _find_form(text: str, knowledge: DocumentKnowledge) -> str | None:
    lines = _lines_of(text)
    table = knowledge.program_text
    if not lines:
        return NO_REPORT
    if _is_json(text) or _is_json(lines[0]):
        return "it is a data file (JSON), not the text of a report"
    if is_delimited(lines) and not is_one_exam(lines, knowledge):
        return "it is a table of values (CSV), not the text of a report"
    code = sum(bool(table.code.search(line)) for line in lines)
    if code >= LEAST_ROWS and code >= table.code_share * len(lines):
        return "it is the source of a program"
    log = sum(bool(table.log.search(line)) for line in lines)
    if log >= LEAST_LOG_LINES and log >= table.log_share * len(lines):
        return "it is a log"
    if len(table.markup.findall(text)) >= LEAST_MARKUP:
        return "it is a page of documentation"
    return None


def _lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def is_delimited(lines: list[str]) -> bool:
    """Whether the lines are rows of one table: a separator stands equally often in each."""
    if len(lines) < LEAST_ROWS:
        return False
    for separator in SEPARATORS:
        counts = {line.count(separator) for line in lines if '"' not in line}
        spaced = sum(f"{separator} " in line for line in lines)
        if len(counts) == 1 and min(counts) >= LEAST_COLUMNS and spaced < len(lines) / 2:
            return True
    header = lines[0].split("\t")
    named = sum("_" in cell for cell in header) >= 1 and len(header) > LEAST_COLUMNS
    return named and len({line.count("\t") for line in lines}) == 1
