"""A Document becomes Observations: free text and structured reports, in the same domain types."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from ultrasound.config import Settings
from ultrasound.domain import Document, Extraction, ImagePlace, ReviewItem, TextSpan
from ultrasound.extract.facts.gather import Gatherer
from ultrasound.extract.language import make_language
from ultrasound.extract.lines.restoring import Restorer
from ultrasound.extract.reading import Reading
from ultrasound.extract.structured.annotations import ON_IMAGES, keep_measured
from ultrasound.extract.structured.images import find_image_place
from ultrasound.extract.structured.labels import read_label
from ultrasound.extract.structured.tree import extract_structured
from ultrasound.extract.study.context import ContextReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import split_text
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_criteria import DEFAULT_CRITERIA

__all__ = ["extract_observations", "place_image"]


def extract_observations(
    document: Document, knowledge: Knowledge, settings: Settings
) -> Extraction:
    """Read one document; a document without text or tree gives an empty Extraction."""
    found = Extraction()
    if document.kind in ON_IMAGES:
        for part in document.texts:  # each stands alone: a leg in one says nothing of the next
            read = _extract_text(replace(document, texts=(part,)), knowledge, settings)
            found = _join(found, keep_measured(document, read))
        return found
    if document.tree is not None:
        found = extract_structured(document, knowledge, read_label)
    if document.texts:
        found = _join(found, _extract_text(document, knowledge, settings))
    return found


def place_image(
    document: Document, knowledge: Knowledge
) -> tuple[ImagePlace, tuple[ReviewItem, ...]]:
    """What an image shows by its header, and what is doubtful about it."""
    return find_image_place(document, knowledge, read_label)


def _join(left: Extraction, right: Extraction) -> Extraction:
    return Extraction(
        left.observations + right.observations,
        left.context + right.context,
        left.dismissals + right.dismissals,
        left.review + right.review,
    )


_FORGOTTEN_AFTER: Final = 500  # reports
# Lines that are drawn about cells, as the signs of one place each that reports usually type.
_DRAWN: Final = str.maketrans(
    {
        **dict.fromkeys("│┃║¦", "|"),
        **dict.fromkeys("─━═", "-"),
        **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╟╫╢╞╪╡", "+"),
    }
)


# a run of signs begins once, or a long one would be tried from each of its signs
_RULED: Final = re.compile(
    r"\|?(?<![-=~_])[-=~_]{2,}[ \t]*([A-Za-z][A-Za-z .]*?)[ \t]*[-=~_]{2,}\|?"
)


def _blank_rules(text: str) -> str:
    """Names set between rules side by side, without these: "|--- RIGHT ---|   |--- LEFT ---|"."""
    if "--" not in text and "==" not in text and "__" not in text and "~~" not in text:
        return text
    return "\n".join(map(_blank_line, text.split("\n")))


def _blank_line(line: str) -> str:
    blanked, names = _RULED.subn(_keep_name, line)
    return blanked if names > 1 else line  # one alone is a heading


def _keep_name(ruled: re.Match[str]) -> str:
    """A name at its place among blanks."""
    before, behind = ruled.start(1) - ruled.start(), ruled.end() - ruled.end(1)
    return " " * before + ruled.group(1) + " " * behind


class _Reader:
    """The pipeline over one set of tables; forgets the words of reports after some hundreds.

    spaCy keeps each word that it meets, and memory would grow with every name and number.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.nlp: Language = make_language(knowledge.text, knowledge.hash)
        # of a word that it meets spaCy would work out a dozen attributes that nobody asks for
        self.nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # not in its stub
        self.context = ContextReader(knowledge.text)
        self.restorer = Restorer(knowledge.text)
        self._zone = ExitStack()
        self._count = 0

    def take(self, text: str) -> Doc:
        """The tokens of a text; they hold until the next text is taken."""
        if self._count % _FORGOTTEN_AFTER == 0:
            self._zone.close()
            self._zone.enter_context(self.nlp.memory_zone())
        self._count += 1
        if len(text) > self.nlp.max_length:
            return self.nlp.make_doc(text)  # which refuses it
        # the components ask for the split alone, and spaCy's own words would cost as much again
        return Doc(self.nlp.vocab, user_data={"split": (text, split_text(text))})


_READERS: dict[str, _Reader] = {}


def _find_reader(knowledge: Knowledge) -> _Reader:
    """The reader with these tables, built once in a process."""
    if knowledge.hash not in _READERS:
        _READERS[knowledge.hash] = _Reader(knowledge)
        gc.collect()
        gc.freeze()  # tables and modules stay as long as the process; walking them takes a tenth
    return _READERS[knowledge.hash]


class _Parts:
    """The texts of a document as one, and the way back to each."""

    def __init__(self, document: Document, restorer: Restorer) -> None:
        self._document = document
        pieces: list[str] = []
        self._starts: list[int] = []
        position = 0
        for part in document.texts:
            heading = f"{part.heading}:\n" if part.heading and part.part is not None else ""
            self._starts.append(position + len(heading))
            piece = heading + part.text + ("\n" if part.part is not None else "")
            pieces.append(piece)
            position += len(piece)
        text = _blank_rules("".join(pieces).translate(_DRAWN))
        self._restored = restorer.restore(text)
        self.text = self._restored.text

    def locate(self, start: int, end: int) -> TextSpan:
        """The span in its own part; a span over a border is cut at the border."""
        start, end = self._restored.locate(start, end)
        index = max(0, bisect_right(self._starts, start) - 1)
        part = self._document.texts[index]
        low = max(0, start - self._starts[index])
        high = min(len(part.text), max(low + 1, end - self._starts[index]))
        if low >= high:
            low, high = max(0, len(part.text) - 1), len(part.text)
        quote = part.text[low:high]
        return TextSpan(
            self._document.name, part.part, low + part.offset, high + part.offset, quote
        )


def _extract_text(document: Document, knowledge: Knowledge, settings: Settings) -> Extraction:
    reader = _find_reader(knowledge)
    parts = _Parts(document, reader.restorer)
    doc = reader.take(parts.text)
    doc.user_data["exam"] = document.exam
    doc.user_data["lsv"] = settings.lsv
    doc = reader.nlp(doc)
    marks: Marks = doc.user_data["marks"]
    reading: Reading = doc.user_data["reading"]
    gatherer = Gatherer(document, marks, knowledge.text, parts.locate, _limits(knowledge))
    gathered = gatherer.gather(reading.outcomes, reading.title_legs)
    return Extraction(
        tuple(gathered.observations),
        tuple(reader.context.read(marks, reading, document.name, parts.locate)),
        tuple(gathered.dismissals),
        tuple(gathered.review),
    )


def _limits(knowledge: Knowledge) -> Mapping[str, Decimal]:
    """The reflux limits of the default criteria set, ms by vein.

    Never of the set chosen for a run: observations do not depend on it.
    """
    default = knowledge.criteria.choose(DEFAULT_CRITERIA)
    return {
        vein: limit.ms for limit in default.limits for vein in (*limit.veins, *limit.by_extension)
    }
