"""Splitting a report into words, numbers and signs without losing a character.

Borders lie between letters, digits and signs, so that ``R.GSV``, ``GSV)/CFV`` and ``1636ms`` come
apart. The text itself is never changed: what is compared is each word's folded form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from ultrasound.extract.words.exports import COMMA, find_exported
from ultrasound.value import value_type


def _piece(decimals: str) -> re.Pattern[str]:
    """A number, word or sign with the gap before it; ``decimals`` are the signs in its numbers."""
    return re.compile(
        # two stars about a word make it bold; stars alone are a blank to fill in
        r"((?:\s|\*\*(?=\S)(?!\*+(?:\s|$))|(?<=[^\s*])\*\*)*)"
        # a comma behind a decimal or before one of fewer than three digits parts two: "7.1,2.1"
        r"(?:(?P<number>\d+\.\d+(?=,\d)|\d+(?=,\d{1,2}\.\d)"
        rf"|\d+(?:{decimals}\d+)*|(?<![\d.A-Za-z])\.\d+)"
        r"|(?P<word>(?<![\w/])[wW]"
        r"(?: ?/ ?[oO](?:ut)?\b|\.[oO]\b\.?|(?<!\d [wW])/(?=\s|[^\W\d_]{2}))"
        r"|[^\W\d_]+(?:['’][a-z]+)?)"
        r"|(?P<sign>\S))"
    )


PIECE: Final = _piece("[.,]")
_EXPORTED_PIECE: Final = _piece(r"\.")
_KEEPS_S: Final = ("ss", "us", "is", "whereas", "does")
# written without their apostrophe; "cant" and "wont" are no other words here
_SHORTENED: Final = frozenset(
    {"doesnt", "didnt", "dont", "isnt", "wasnt", "arent", "werent", "couldnt", "cant", "wont"}
    | {"hasnt", "havent", "hadnt", "wouldnt", "shouldnt"}
)
# "w/ reflux" and "w/o reflux", with or without blanks
_SHORT_WITH: Final = {"w/": "with"} | dict.fromkeys(
    ("wo", "w/o", "w /o", "w/ o", "w / o", "w.o", "w.o.", "w/out"), "without"
)
_SIBILANT_PLURALS: Final = ("ches", "shes")  # "branches"
_PLURAL_LENGTH: Final = 3
_TERMS: Final = 10_000  # more than the tables hold
_FEWEST_DOTTED: Final = 6  # letters and full stops of an abbreviation
_LONGEST_DOTTED: Final = 10
_SHORTEST_PIECE: Final = 3  # letters of a word broken over two lines with no hyphen


@value_type
class Token:
    """One word, number or sign.

    ``gap`` is the white space before it; ``joined`` tells that it was put together over a line
    break.
    """

    index: int
    text: str
    norm: str
    start: int
    end: int
    gap: str
    kind: str
    joined: bool = False


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """The form in which words are compared: lower case, possessive and plural endings dropped."""
    folded = word.lower().replace("’", "'").removesuffix("'s")
    if folded in _SHORT_WITH:
        return _SHORT_WITH[folded]
    if folded in _SHORTENED:
        return folded[:-1] + "'t"
    if len(folded) <= _PLURAL_LENGTH:
        # "FVs" and "PVs" are plurals, "gas" is not
        plural = len(folded) == _PLURAL_LENGTH and word[-1] == "s" and word[:-1].isupper()
        return folded[:-1] if plural else folded
    if folded.endswith("ies") and len(folded) > _PLURAL_LENGTH + 1:
        return folded[:-3] + "y"
    if folded.endswith(_SIBILANT_PLURALS):
        return folded[:-2]
    if folded.endswith("s") and not folded.endswith(_KEEPS_S):
        return folded[:-1]
    return folded


def split_text(text: str) -> list[Token]:
    """Split a text at letter, digit and sign borders; white space becomes the next token's gap."""
    tokens: list[Token] = []
    end = 0
    for index, (gap, number, word, sign) in enumerate(_find_pieces(text.rstrip())):
        start = end + len(gap)
        piece = word or number or sign
        end = start + len(piece)
        kind = "word" if word else "number" if number else "sign"
        norm = fold_word(word) if word else piece
        tokens.append(Token(index, piece, norm, start, end, gap, kind))
    return tokens


def _find_pieces(text: str) -> list[tuple[str, ...]]:
    """The pieces of a text; in an export a comma parts cells, and stands in no number."""
    pieces: list[tuple[str, ...]] = []
    position = 0
    for start, end in find_exported(text, COMMA) if "," in text else ():
        # white space is the gap of the token behind it
        first, last = len(text[:start].rstrip()), len(text[:end].rstrip())
        pieces += PIECE.findall(text, position, first)
        pieces += _EXPORTED_PIECE.findall(text, first, last)
        position = last
    return pieces + PIECE.findall(text, position)


@lru_cache(maxsize=_TERMS)
def fold_term(term: str) -> tuple[str, ...]:
    """A term of the knowledge tables as the folded words that it is found by."""
    return tuple(token.norm for token in split_text(term))


def join_broken_words(tokens: list[Token], known: Container[str]) -> list[Token]:
    """Put words together that a line break cut, with or without a hyphen.

    A hyphenated piece is joined where the whole is a known word or neither piece is; a piece
    without hyphen only where the whole is known and one of the pieces is not.
    """
    broken = {i - back for i, token in enumerate(tokens) if "\n" in token.gap for back in (1, 2)}
    if not any(index >= 0 and _join_at(tokens, index, known)[0] for index in broken):
        return tokens
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        joined, used = _join_at(tokens, index, known) if index in broken else (None, 1)
        token = joined or tokens[index]
        result.append(_renumber(token, len(result)))
        index += used
    return result


def join_dotted(tokens: list[Token], known: Container[str]) -> list[Token]:
    """Put the letters of a known abbreviation together: "G.S.V."."""
    if not any(
        _dotted_size(tokens, stop.index - 1)
        for letter, stop in pairwise(tokens)
        if stop.text == "." and letter.text.isupper()
    ):
        return tokens
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        size = _dotted_size(tokens, index)
        letters = "".join(t.text for t in tokens[index : index + size : 2])
        token = tokens[index]
        if size and fold_word(letters) in known:
            end = tokens[index + size - 1].end
            token = replace(token, text=letters, norm=fold_word(letters), end=end)
            index += size - 1
        result.append(_renumber(token, len(result)))
        index += 1
    return result


def _dotted_size(tokens: Sequence[Token], index: int) -> int:
    """How many tokens are capitals with full stops between from here on; 0 for too few."""
    size = 0
    run = tokens[index : index + _LONGEST_DOTTED]
    for letter, stop in zip(run[::2], run[1::2], strict=False):
        close = not stop.gap and (size == 0 or not letter.gap)
        if len(letter.text) > 1 or not letter.text.isupper() or stop.text != "." or not close:
            break
        size += 2
    return size if size >= _FEWEST_DOTTED else 0


def _join_at(tokens: list[Token], index: int, known: Container[str]) -> tuple[Token | None, int]:
    first = tokens[index]
    if first.kind != "word":
        return None, 1
    rest = tokens[index + 1 : index + 3]
    if len(rest) > 1 and rest[0].text in "-\u00ad" and not rest[0].gap and _breaks(rest[1]):
        whole = fold_word(first.text + rest[1].text)
        pieces_known = first.norm in known or rest[1].norm in known
        if rest[1].text[0].islower() and (whole in known or not pieces_known):
            return _merge(first, rest[1], whole), 3
    elif rest and _breaks(rest[0]) and min(len(first.text), len(rest[0].text)) >= _SHORTEST_PIECE:
        whole = fold_word(first.text + rest[0].text)
        if whole in known and not (first.norm in known and rest[0].norm in known):
            return _merge(first, rest[0], whole), 2
    return None, 1


def _breaks(token: Token) -> bool:
    return token.kind == "word" and "\n" in token.gap and not re.search(r"\n\s*\n", token.gap)


def _merge(first: Token, second: Token, norm: str) -> Token:
    return replace(first, text=first.text + second.text, norm=norm, end=second.end, joined=True)


def _renumber(token: Token, index: int) -> Token:
    if token.index == index:
        return token
    return Token(
        index, token.text, token.norm, token.start, token.end, token.gap, token.kind, token.joined
    )


class ReportTokenizer:
    """spaCy tokenizer over :func:`split_text`; keeps every character of the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Split a text into a Doc whose text is exactly the input.

        The text and its tokens are left in ``user_data``: the components need no other split.
        """
        tokens = split_text(text)
        words: list[str] = []
        spaces: list[bool] = []
        for token in tokens:
            if token.gap:
                _add_gap(token.gap, words, spaces)
            words.append(token.text)
            spaces.append(False)
        rest = text[tokens[-1].end :] if tokens else text
        if rest:
            _add_gap(rest, words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={"split": (text, tokens)})

    def to_disk(self, _path: Path, **_: object) -> None:
        """Nothing is stored: the tokenizer has no settings."""

    def from_disk(self, _path: Path, **_: object) -> ReportTokenizer:
        """Nothing is stored: the tokenizer has no settings."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is stored: the tokenizer has no settings."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> ReportTokenizer:
        """Nothing is stored: the tokenizer has no settings."""
        return self


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space: a blank belongs to the word before it, what follows is a word of its own."""
    if spaces and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def make_tokenizer() -> Callable[[Language], ReportTokenizer]:
    """The tokenizer as spaCy's configuration names it."""

    def create(nlp: Language) -> ReportTokenizer:
        return ReportTokenizer(nlp.vocab)

    return create


registry.tokenizers("venous_duplex.ReportTokenizer.v1", func=make_tokenizer)
