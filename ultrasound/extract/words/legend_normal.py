"""The codes of a legend for "normal": "N = normal", "N - Normal", "N normal, Abn abnormal"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ultrasound.extract.words.cell_codes import ANSWER, Says
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.legend_lines import Entry
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_LONGEST: Final = 4  # characters of a code
_NORMAL_WORD: Final = "normal"
_PARTING: Final = (",", ";", ".", ":")
_NORMAL: Final = {
    ("reflux", "present"): ("reflux", "absent"),
    ("compressibility", "none"): ("compressibility", "full"),
    ("compressibility", "partial"): ("compressibility", "full"),
    ("thrombus", "present"): ("thrombus", "absent"),
}


def read_normal(
    marks: Marks, codes: Mapping[str, Sequence[Says]], listed: Sequence[Entry]
) -> dict[str, tuple[Says, ...]]:
    """The codes for "normal": what the other codes of the legend find is not there.

    Of what no other code speaks, what "normal" says in its column.
    """
    found = {says for meanings in codes.values() for says in meanings}
    normal = dict.fromkeys(_NORMAL[says] for says in _NORMAL if says in found)
    equal = (
        code.text.lower()
        for code in marks.tokens[:-1]
        if len(code.text) <= _LONGEST and _means_normal(marks, code)
    )
    others = (entry.code for entry in listed if _is_normal(marks, *entry.meaning))
    return dict.fromkeys((*equal, *others), (*normal, (ANSWER, _NORMAL_WORD)))


def _is_normal(marks: Marks, first: int, last: int) -> bool:
    """Whether a meaning is that word and no more."""
    return last - first == 1 and marks.tokens[first].norm == _NORMAL_WORD


def _means_normal(marks: Marks, code: Token) -> bool:
    """Whether that stands behind a code: "N = normal", or set off "N - Normal", "N normal,"."""
    sign = marks.tokens[code.index + 1]
    if sign.text == "=" and sign.index + 1 < len(marks.tokens):
        return _is_normal(marks, sign.index + 1, sign.index + 2)
    first = sign.index + int(sign.text in DASHES)
    before = marks.tokens[code.index - 1].text if code.index else ","
    opens = "\n" in code.gap or "  " in code.gap or before in _PARTING
    after = marks.tokens[first + 1 : first + 2]
    ends = not after or "\n" in after[0].gap or "  " in after[0].gap or after[0].text in _PARTING
    near = "\n" not in sign.gap and "  " not in sign.gap
    letter = code.text.isupper() and len(code.text) == 1
    return letter and opens and near and ends and _is_normal(marks, first, first + 1)
