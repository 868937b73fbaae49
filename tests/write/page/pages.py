"""Pages of samples and of hostile texts, and what a parser finds in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path

from ultrasound.config import Settings
from ultrasound.domain import Document, Result, Study, TextPart
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.pipeline import process_study
from ultrasound.read import read_file
from ultrasound.write.page.page import write_page
from ultrasound.write.rows import result_rows

SAMPLES = Path(__file__).parents[3] / "sample_reports"
NAMES = (
    "pipe_table/both_legs_pipes.txt",
    "prose_by_leg/heel_heights_dodd.txt",
    "two_reports_in_one",
    "dicom/pdf_embedded",
    "dicom/sr_measured",
    "dicom/sr_text",
    "dicom/text_and_sr_slips",
    "dicom/us_images",
)
HOSTILE = (
    "VENOUS INSUFFICIENCY DUPLEX\r\n<script>alert('x')</script><img src=x onerror=alert(1)>\r\n"
    "Right leg: GSV at the <b>SFJ</b> refluxes, 2.8 s. </div></body> &lt; &#65; \"'`\r\n"
    "Left leg: \u202eSSV competent\u202c \u200f\u2066 😀 \x01\x0b\x0c\x1b\x7f\x85 \u2028 end\r"
    "\nlone carriage return\rLeft GSV diameter 5 mm in the thigh. {{ 7*7 }} {% raw %}\n"
    "]]> --> <!-- \ufffe \ufeff\n" + "The right SSV is competent; " + "x<y & " * 8000
)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@cache
def read_sample(name: str) -> Result:
    """The study of a sample: a file, or all files of a folder."""
    path = SAMPLES / name
    paths = [path] if path.is_file() else sorted(path.iterdir())
    documents = [
        document
        for each in paths
        if each.suffix != ".tsv"
        for document in read_file(each, each.name, knowledge()).documents
    ]
    return process(*documents)


def process(*documents: Document) -> Result:
    """The study of some documents."""
    study = Study("00ff00ff", documents, patient_name="DOE, <JANE>", exam_date="2026-02-03")
    return process_study(study, knowledge(), Settings())


def read_text(text: str, offset: int = 0) -> Result:
    """The study of one plain text."""
    part = TextPart(None, text, offset=offset)
    return process(Document("report.txt", "0" * 64, "text", "insufficiency", (part,)))


def make_page(result: Result, svg: bytes | None = None) -> bytes:
    """The page of a study."""
    return write_page(result, result_rows(result), svg)


@dataclass
class Found(HTMLParser):
    """What a page holds: texts of the reports, ids, links, marks by class, tags, attributes."""

    texts: list[str] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    behind: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._classes: list[str] = []
        self._waiting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; in a report text, which marks it opens."""
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids.update([given["id"]] if "id" in given else [])
        self.links |= {given["href"]} if "href" in given else set()
        classes = given.get("class", "").split()
        if tag == "div" and (self._depth or "text" in classes):
            self._depth += 1
            self.texts += [""] if self._depth == 1 else []
        if tag == "i" and "id" in given:
            self._waiting.append(given["id"])
        if tag in ("a", "span") and "m" in classes:
            self._classes = classes
            self.behind |= {anchor: " ".join(classes) for anchor in self._waiting}
            self._waiting = []

    def handle_endtag(self, tag: str) -> None:
        """Close a mark or a text."""
        if tag in ("a", "span"):
            self._classes = []
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Take the words of a text and of its marks."""
        for name in self._classes:
            self.marked.setdefault(name, []).append(data)
        if self._depth:
            self.texts[-1] += data


def parse(page: bytes) -> Found:
    """Parse a page; a parser that joins nothing keeps carriage returns that are references."""
    found = Found()
    found.feed(page.decode("utf-8"))
    found.close()
    return found
