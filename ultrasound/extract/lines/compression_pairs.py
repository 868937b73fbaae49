"""Pairs of compression and reflux that a heading declares: "full / 0.4 s" in its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_HEAD: Final = re.compile(
    r"^[^\n(]*\(\s*compress?(?:ion|ibility|ible)?\.?\s*/\s*(?:reflux|rt|vct|valve)[^)\n]*\)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NEXT: Final = re.compile(r"^[ \t]*$|^[^\n(]*\([^)\n/]+/[^)\n]+\)[ \t]*$", re.MULTILINE)
_PAIR: Final = re.compile(
    r"(?<=[:.\t ])(?P<code>full|complete|partial|part|incomplete|none|non|nc|c|p|y|n)"
    r"(?P<slash>[ \t]*/[ \t]*)(?=\S)",
    re.IGNORECASE,
)
_WORDS: Final = {
    **dict.fromkeys(("full", "complete", "c", "y"), "fully compressible"),
    **dict.fromkeys(("partial", "part", "incomplete", "p"), "partially compressible"),
    **dict.fromkeys(("none", "non", "nc", "n"), "non-compressible"),
}


def find_compression_pairs(text: str) -> list[Edit]:
    """The codes of such pairs in words, and what follows them as reflux."""
    return list(_find_pairs(text))


def _find_pairs(text: str) -> Iterator[Edit]:
    for head in _HEAD.finditer(text):
        begin = min(head.end() + 1, len(text))
        end = _NEXT.search(text, begin)
        for pair in _PAIR.finditer(text, begin, end.start() if end else len(text)):
            yield Edit(*pair.span("code"), _WORDS[pair["code"].lower()])
            yield Edit(*pair.span("slash"), ", reflux ")
