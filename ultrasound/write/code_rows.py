"""Rows of the codes that findings may support, each with the words that it rests on."""

from __future__ import annotations

from ultrasound.domain import CodeCandidate, Context, Observation
from ultrasound.write.origins import ObservationIds, quote_of
from ultrasound.write.source_rows import Row

_MOST_QUOTES = 5


def code_row(candidate: CodeCandidate, study: str, ids: ObservationIds) -> Row:
    """One row of the codes table."""
    return {
        "study": study,
        "leg": candidate.leg,
        "code": candidate.code,
        "system": candidate.system,
        "title": candidate.title,
        "because": _explain(candidate),
        "observations": ids.join(candidate.observations),
        "edition": candidate.edition,
        "verified": candidate.verified,
    }


def _explain(candidate: CodeCandidate) -> str:
    """The grounds, and the words of the sources: the first few, the ids tell the others."""
    sources: tuple[Context | Observation, ...] = (*candidate.context, *candidate.observations)
    found = (" ".join(quote_of(fact.source).split()) for fact in sources)
    quotes = [f'"{quote}"' for quote in dict.fromkeys(found) if quote]
    shown = "; ".join(quotes[:_MOST_QUOTES])
    more = len(quotes) - _MOST_QUOTES
    rest = f" and {more} more" if more > 0 else ""
    return f"{candidate.reason}: {shown}{rest}" if shown else candidate.reason
