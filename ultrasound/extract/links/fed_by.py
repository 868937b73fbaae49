"""Sentences that only say what feeds a trunk, or what it feeds."""

from __future__ import annotations

from ultrasound.extract.links.focus import is_branch
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.words.mentions import Mention


def resume_fed(thread: Thread) -> None:
    """Go back to the trunk behind a sentence that only says what it is fed by, or feeds.

    As in "Left GSV: 5 mm in the thigh. Fed by vulval veins. No reflux at the knee". What is
    measured of the branch makes it the one that is spoken of.
    """
    first = thread.chunks[0].elements[0] if thread.chunks else None
    opens = isinstance(first, Mention) and first.cue("joins", "gives", "leads")
    if not opens or not is_branch(thread.focus) or not are_trunks(thread.opened):
        return
    told = any(a.number is not None and is_branch(a.sites) for a in thread.result)
    found = any(a.predicate.finding is not None and is_branch(a.sites) for a in thread.result)
    if not told and not found:
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in thread.opened))
