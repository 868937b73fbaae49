"""Ties findings and numbers to their places, clause by clause.

The rules, in the order in which they are asked:

1. Phrases of one clause that complete each other name one place ("the right GSV is competent at
   the knee"); else each statement takes the phrase before it, or the one after it where a
   preposition or nothing at all stands between (joining.py, ellipsis.py).
2. A clause without a phrase speaks of what the clause before spoke of (ellipsis.py).
3. A phrase without a statement narrows the one before it, or opens what follows (narrow, spread).
4. Lists of numbers are handed out over lists of places of the same length (distribute.py).
5. An exception is taken out of what it limits, and is given the opposite (exception.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.verbs import confines
from ultrasound.extract.links.absent import leave_absent
from ultrasound.extract.links.adjuncts import drop_adjunct, leave_level_of_side, settle_levels
from ultrasound.extract.links.apart import resume, set_apart, settle_apart
from ultrasound.extract.links.backdrop import find_backdrop
from ultrasound.extract.links.borrowing import told_at_level
from ultrasound.extract.links.bracketed import place_around, place_each
from ultrasound.extract.links.branching import find_stem, note_branch, resume_beyond
from ultrasound.extract.links.closing_leg import side_head
from ultrasound.extract.links.clot import denies_all, leave_vein, place_clot, settle_clot
from ultrasound.extract.links.clot_onward import extend_onward
from ultrasound.extract.links.complete import complete_sentence
from ultrasound.extract.links.distribute import assign, assign_inset
from ultrasound.extract.links.ellipsis import (
    add_level,
    compose_phrases,
    copy_finding,
    look_ahead,
    repeats_finding,
)
from ultrasound.extract.links.entering import extend_into, is_known, name_last
from ultrasound.extract.links.exception import excepts_one, link_exception, opens_exception
from ultrasound.extract.links.focus import (
    adds_member,
    leaves_focus,
    name_all,
    says_all,
    says_where,
)
from ultrasound.extract.links.former import find_former, list_places, narrow_former
from ultrasound.extract.links.gapping import go_on_listing, say_again, share_verb
from ultrasound.extract.links.heights import leave_heights
from ultrasound.extract.links.joining import unite_phrases
from ultrasound.extract.links.junctions import lead_in
from ultrasound.extract.links.leading import divides, leads_into
from ultrasound.extract.links.leg_labels import settle_label
from ultrasound.extract.links.listed_brackets import list_before_bracket
from ultrasound.extract.links.muscle_branches import mean_muscular
from ultrasound.extract.links.narrow import (
    close_side,
    hand_out,
    is_bare,
    limits,
    meets,
    narrow_before,
)
from ultrasound.extract.links.opposite import find_opposite
from ultrasound.extract.links.other_leg import Brackets
from ultrasound.extract.links.pairs import name_same
from ultrasound.extract.links.passed import find_relative, name_passed
from ultrasound.extract.links.passing import mark_again
from ultrasound.extract.links.resuming import resume_trunk
from ultrasound.extract.links.route_brackets import place_behind_route
from ultrasound.extract.links.series import share_series
from ultrasound.extract.links.shared_range import share_range
from ultrasound.extract.links.spoken_of import find_spoken_of
from ultrasound.extract.links.spread import spread_over, start_spread
from ultrasound.extract.links.there_is import affirm_there, take_denied
from ultrasound.extract.links.this_vein import mean_this
from ultrasound.extract.links.thread import OPENING, Before, Linked, Phrase, begin_thread
from ultrasound.extract.links.told_where import leave_measured, note_level, opens_next, tells_which
from ultrasound.extract.links.topic import (
    drop_company,
    leave_ranges,
    note_subject,
    settle_focus,
    settle_opening,
)
from ultrasound.extract.links.trailing import share_trailing_leg, share_trailing_level
from ultrasound.extract.links.unsaid import say_unsaid
from ultrasound.extract.links.varicose import (
    add_more,
    list_varicosities,
    note_varicosities,
    place_varicosities,
)
from ultrasound.extract.links.whole_limb import leave_vein_of_limb
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.marks import Marks


class SentenceLinker:
    """Links one sentence; ``focus``: what was spoken of before it."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        marks: Marks,
        focus: tuple[Site, ...],
        before: Before = OPENING,
    ) -> None:
        self._thread = begin_thread(chunks, marks, focus, before)

    def link(self) -> Linked:
        """Link all clauses from left to right."""
        brackets = Brackets(self._thread)
        for index, chunk in enumerate(self._thread.chunks):
            brackets.pass_chunk(chunk)
            if index and chunk.denied and not chunk.predicates:
                continue  # "no DVT or varicosities": of these nothing is told
            if chunk.dismissed is None:
                before = self._thread.focus
                self._link_chunk(index, chunk)
                note_branch(self._thread, chunk, before)
            elif resume_beyond(self._thread, chunk):
                continue
            elif leaves_focus(chunk, self._thread.follower(index)):
                for group in chunk.groups:
                    sites = compose(group, self._thread.focus)
                    # "a cyst behind the left knee": the leg of what follows
                    whole = not group.has_vein or chunk.dismissed == "unspecific"
                    self._thread.focus = tuple(s.without_spot() for s in sites) if whole else sites
        brackets.pass_chunk(None)
        complete_sentence(self._thread)
        thread = self._thread
        measured = share_series(thread, thread.measured)
        mentioned, passed = tuple(thread.mentioned), name_passed(thread.chunks, thread.focus)
        focus = leave_absent(thread, thread.focus)
        denied = take_denied(thread.result, thread.denied)
        told = measured, mentioned, thread.stem, passed, denied, thread.spread
        return Linked(thread.result, focus, *told)

    def _link_chunk(self, index: int, chunk: Chunk) -> None:
        thread = self._thread
        focus = thread.focus
        stem = find_stem(thread, index, chunk)
        thread.focus = stem or find_relative(thread.chunks, index, thread.marks, focus) or focus
        leave_heights(thread, chunk)
        leave_measured(thread, chunk)
        if index and chunk.groups:
            mark_again([chunk], thread.marks, thread.focus)
        settle_opening(thread, chunk)
        mean_this(thread, index, chunk)
        groups = mean_muscular(thread, chunk, unite_phrases(thread, chunk))
        resume(thread, chunk)
        if set_apart(thread, chunk, groups):
            return
        if opens_exception(thread, chunk, groups) or excepts_one(thread, chunk):
            link_exception(thread, chunk, groups)
            return
        if say_unsaid(thread, index, chunk, groups) or resume_trunk(thread, chunk, groups):
            return
        affirm_there(thread, chunk, groups)
        place_varicosities(thread, chunk, groups)
        if groups and repeats_finding(thread, chunk):
            copy_finding(thread, chunk, groups)
        elif chunk.predicates:
            self._take_statements(index, chunk, groups)
            settle_apart(thread, chunk)
        elif groups:
            self._take_places(index, chunk, groups)

    # --- a clause that says something -----------------------------------------------------------

    def _take_statements(self, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        thread = self._thread
        phrases = drop_company(thread, chunk, compose_phrases(thread, chunk, groups))
        for _, sites in phrases:
            note_varicosities(thread, chunk, sites)
        note_subject(thread, chunk, groups)
        phrases = leave_ranges(thread, chunk, drop_adjunct(thread, chunk, phrases))
        phrases = settle_clot(thread, chunk, settle_levels(thread, chunk, phrases))
        phrases = leave_vein_of_limb(thread, chunk, phrases)
        last_sites: tuple[Site, ...] = ()
        backdrop = find_backdrop(thread, chunk, phrases)
        for predicate in chunk.predicates:
            near = backdrop.phrases_for(predicate) if backdrop else phrases
            last_sites, explicit = self._choose_sites(predicate, near, chunk)
            assign(thread, predicate, last_sites, chunk, explicit=explicit)
        for inset in chunk.insets:
            assign_inset(thread, inset, chunk, phrases)
        spread_over(thread, chunk, groups, phrases)
        share_trailing_leg(thread, chunk, groups)
        share_trailing_level(thread, chunk, groups)
        share_range(thread, chunk, groups)
        share_verb(thread, index, chunk)
        extend_into(thread, chunk)
        extend_onward(thread, chunk)
        if backdrop:
            thread.focus = backdrop.sites
        elif phrases:
            name_last(thread, chunk, phrases)
        elif last_sites:
            thread.focus = last_sites
        start_spread(thread, index, chunk, placed=bool(phrases))

    def _choose_sites(
        self, predicate: Predicate, phrases: Sequence[Phrase], chunk: Chunk
    ) -> tuple[tuple[Site, ...], bool]:
        """The sites of a statement, and whether a phrase of its own clause names them."""
        if not phrases:
            return self._infer_sites(predicate, chunk)
        if len(phrases) == 1:
            return phrases[0][1], True
        around = [p for p in phrases if p[0].first < predicate.first <= p[0].last]
        if around:  # "the right GSV is incompetent in the thigh"
            return around[-1][1], True
        before = [phrase for phrase in phrases if phrase[0].last < predicate.first]
        after = [phrase for phrase in phrases if phrase[0].first > predicate.last]
        leads = after and leads_into(self._thread.marks, predicate, after[0][0], chunk)
        if after and (not before or leads or divides(before[-1][1], after[0], predicate)):
            return after[0][1], True
        return (before[-1] if before else phrases[0])[1], True

    def _infer_sites(self, predicate: Predicate, chunk: Chunk) -> tuple[tuple[Site, ...], bool]:
        thread = self._thread
        if len(predicate.numbers) <= 1 and (levels := name_same(thread, chunk)):
            return levels, False
        settle_focus(thread, predicate, chunk)
        leave_level_of_side(thread, chunk)
        places = list_places(thread.mentioned) if says_all(thread.marks, chunk) else ()
        if named := name_all(thread.marks, chunk, places):
            return named, True
        if met := place_behind_route(thread, chunk):
            return met, True
        if listed := list_before_bracket(thread, predicate, chunk):
            return listed, True
        if former := find_former(thread, chunk):
            return former, True
        ahead = find_opposite(thread, predicate, chunk) or told_at_level(thread, chunk)
        ahead = ahead or look_ahead(thread, predicate, chunk)
        if denies_all(thread, predicate, chunk, ahead):
            return leave_vein(thread.focus), False
        ahead = ahead or find_spoken_of(thread, predicate, chunk)
        return ahead or thread.focus, False

    # --- a clause that only names places --------------------------------------------------------

    def _take_places(self, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        thread = self._thread
        if says_where(thread.focus, chunk) or narrow_former(thread, chunk, groups):
            return
        sites = thread.focus
        for group in lead_in(thread, groups):
            sites = compose(group, add_level(thread, group, sites))
            note_varicosities(thread, chunk, sites)
        sites = settle_label(thread, index, groups, sites)
        if is_bare(chunk):
            list_varicosities(thread, chunk, groups)
        add_more(thread, chunk, groups)
        note_level(thread, index, chunk, groups)
        place_clot(thread, chunk, groups)
        opens = opens_next(thread, index, chunk) and not confines(chunk)
        side_head(thread, chunk, groups)
        said = bool(thread.result) and not place_around(thread, index, chunk, groups)
        if said and (not opens or tells_which(thread, chunk)):
            self._complete(index, chunk, groups)
        elif said and is_bare(chunk):
            go_on_listing(thread, index, chunk, groups)
        spread_over(thread, chunk, groups, [(groups[-1], sites)])
        extend_into(thread, chunk)
        extend_onward(thread, chunk)
        if is_known(thread, chunk):
            return
        sites = (*thread.focus, *sites) if adds_member(chunk) else sites
        thread.focus = sites
        thread.mention(sites)
        follower = thread.follower(index)
        leads = follower is not None and follower.separator in (":", "-")
        if leads and any(s.vein for s in sites):
            thread.topic = sites

    def _complete(self, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        """Let places that stand alone complete what was said before them."""
        thread = self._thread
        previous = thread.result[-1].chunk
        near = previous.clause == chunk.clause or limits(chunk)
        said = previous is chunk or chunk.separator == "start"  # by its places themselves
        if said or meets(chunk) or say_again(thread, chunk, groups):
            return
        if place_each(thread, index, chunk, groups):
            return
        if (
            not close_side(thread, chunk, groups)
            and near
            and is_bare(chunk)
            and not hand_out(thread, chunk, groups[-1])
            and not go_on_listing(thread, index, chunk, groups)
        ):
            narrow_before(thread, previous, groups[-1])
