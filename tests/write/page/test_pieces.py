"""A text is cut so that its pieces add up to it, and those of a spot to the spot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ultrasound.domain import TextSpan
from ultrasound.write.page.notes import Note
from ultrasound.write.page.pieces import cut_text, measure_columns
from ultrasound.write.page.spots import Place, Spot

TEXTS = st.text(alphabet=st.sampled_from("ab \n\r\t|\x0b\u2028<😀"), max_size=60)


def make_spot(number: int, start: int, end: int, text: str) -> Spot:
    """A spot of one fact."""
    origin = TextSpan("a.txt", None, start, end, text[start:end])
    note = Note("fact", f"o-{number}", "told", (origin,))
    place = Place("text", "a.txt", "", start, end)
    return Spot(f"s{number}", place, origin, {note.key: note})


@st.composite
def spotted(draw: st.DrawFn) -> tuple[str, list[Spot]]:
    """A text with spots that nest and overlap as they like."""
    text = draw(TEXTS)
    borders = st.integers(0, len(text))
    pairs = draw(st.sets(st.tuples(borders, borders).filter(lambda p: p[0] < p[1]), max_size=8))
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    return text, [make_spot(number, *pair, text) for number, pair in enumerate(ordered)]


@given(spotted())
def test_pieces_add_up(drawn: tuple[str, list[Spot]]) -> None:
    """The pieces are the text, those of each spot its words, and each spot begins once."""
    text, spots = drawn
    pieces = cut_text(text, spots)
    assert "".join(piece.text for piece in pieces) == text
    for spot in spots:
        held = [piece for piece in pieces if spot in piece.spots]
        assert "".join(piece.text for piece in held) == text[spot.place.start : spot.place.end]
        assert [piece for piece in pieces if spot in piece.begins] == held[:1]


@given(TEXTS)
def test_lines_are_numbered_as_they_are_told(text: str) -> None:
    """Each line begins a piece with its number; only a line feed breaks it by itself."""
    numbered = [piece for piece in cut_text(text, []) if piece.line is not None]
    lines = text.splitlines(keepends=True)
    assert [piece.line for piece in numbered] == list(range(1, len(lines) + 1))
    broken = [not line.endswith("\n") for line in lines[:-1]]
    assert [piece.broken for piece in numbered[1:]] == broken


def test_a_piece_is_of_its_most_urgent_note() -> None:
    """Where words belong to several, they look like what is to decide, and lead to that."""
    text = "reflux of 2 s"
    outer, inner = make_spot(1, 0, 13, text), make_spot(2, 10, 13, text)
    note = Note("review", "q-1", "look", (inner.origin,))
    inner.notes["q-1"] = note
    first, second = cut_text(text, [outer, inner])
    assert (first.look, first.href) == ("fact", "e-o-1")
    assert (second.look, second.href) == ("review", "e-q-1")
    assert second.tip.splitlines() == ["told", "look"]


def test_only_lines_of_a_table_keep_their_width() -> None:
    """Prose is wrapped, however long; a line with columns asks for its room."""
    assert measure_columns("word " * 100) == 0
    assert measure_columns("| GSV | 3 mm |\n" + "long prose " * 50) == 14
    assert measure_columns("GSV\t3 mm") == 12
    assert measure_columns("   set in by three") == 0
    assert measure_columns("| " + "x" * 40_000) == 0
