"""The sample reports with their sides exchanged: every fact goes to the other leg."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.extract.marked import read_kept, read_text
from ultrasound.domain import Extraction, Leg, Observation, TextSpan
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read.text import decode_text

SAMPLES = Path(__file__).parents[2] / "sample_reports"
OTHER = {"right": "left", "rt": "lt", "r": "l", "r i g h t": "l e f t"}
OTHER |= {other: side for side, other in OTHER.items()}
START, END = r"(?<![A-Za-z])", r"(?![A-Za-z])"
GLUED = "GSV|SSV|CFV|FV|POP|AASV|SFJ|SPJ|PTV|EIV|CIV|LE"
# What is "left in place" has no side.
SIDE = rf"{START}(?:R I G H T|L E F T|(?i:right|left)(?! in place\b)|Rt|Lt|rt|lt){END}"
SIDE += rf"|{START}(?:R(?!/[Oo])|L(?!/[Oo])){END}"
SIDE += rf"|{START}[RL](?=(?:{GLUED})\b)"
# "RT" is the reflux time where a number, "time" or the border of a cell stands by it.
TIME = re.compile(r"\bRT\b[^\n]{0,12}[\d=]|\bRT\b.{0,3}(?:time|\(|in )|[|\t ]RT[|\t ]")
BOTH = r"\b[Bb]/[Ll]\b"  # bilateral, which no exchange turns
# What no exchange of words turns, and why.
LEFT_OUT = {
    "dictated_runon/right_leg_not_proofread.txt": "its sides are misspelt",
    "eleventh_hand/k01_pipe_worksheet_two_legs.txt": "RT is right and reflux time",
    "fiftyfirst_hand/q02_typed_colour_doppler.txt": "RT between blanks is right",
    "fiftysecond_hand/n04_followup_two_treatments.txt": "RT between blanks is right",
    "fiftythird_hand/k02_mapping_pipes_rle.txt": "RT between blanks is right",
    "fifteenth_hand/f7_recurrent_notes_left.txt": "LT beside RT, the reflux time",
    "fourteenth_hand/e09_coded_grid.txt": "RT is right and reflux time",
    "fourth_hand/d03_slash_pairs_header.txt": "RT is right and reflux time",
    "ninth_hand/i05_slash_time_first.txt": "RT is right and reflux time",
    "seventh_hand/g1_08_centre_label.txt": "RT is right and reflux time",
    "seventh_hand/g3_04.txt": "RT is right and reflux time",
    "seventh_hand/g403_textbook_case.txt": "left out of the study",
    "twentyseventh_hand/y14_restless_legs_letter.txt": "right down to: no side",
    "sixteenth_hand/h09_german_lab_english.txt": "right after: a moment, no side",
    "sixth_hand/f12_nurse_ulcer_clinic.txt": "right beside: no side",
    "thirtysixth_hand/e01_centre_label_worksheet.txt": "RT between gaps is right",
    "fortieth_hand/n05_centre_label_sheet.txt": "RT between blanks is right",
    "fortyfirst_hand/o02_centre_label_table.txt": "RT is right and reflux time",
    "fortysecond_hand/q09_mobile_tech_shorthand.txt": "RT is right and reflux time",
    "fortyfourth_hand/t07_semicolon_export.txt": "rt is the reflux time",
    "fortyfourth_hand/t09_mobile_level_matrix.txt": "RT is right and reflux time",
    "fortyfifth_hand/u09_mobile_pipe_export.txt": "RT is right and reflux time",
    "fortyninth_hand/y10_scan_note_shorthand_pelvic.txt": "RT between blanks is right",
    "fortysixth_hand/v03_mobile_centre_label_table.txt": "RT between blanks is right",
    "thirtyninth_hand/k09_emr_structured_result_dump.txt": "RT before a number is right",
    "thirtyninth_hand/l05_centre_label_tech_worksheet.txt": "RT between blanks is right",
    "thirtyfirst_hand/n09_slash_time_first.txt": "lt is lower thigh",
    "thirtyseventh_hand/h07_centre_label_sheet.txt": "RT is right and reflux time",
    "thirtyeighth_hand/j02_glue_foam_followup.txt": "a symptom behind a procedure of the right",
    "thirtieth_hand/r16_mobile_transposed_levels.txt": "RT between wide gaps is right",
    "sixtyfirst_hand/w02_us_center_label.txt": "RT is right and reflux time",
    "sixtyfirst_hand/w05_australia_leg_blocks.txt": "open: a header moved by a letter loses a size",
    "sixtysecond_hand/x13_us_mapping_cabg.txt": "what is left of it: no side",
    "sixtythird_hand/y17_prelim_worksheet_lines.txt": "RT between blanks is right",
    "sixtyninth_hand/e02_letter_to_gp.txt": "no vein left in the thigh: no side",
    "eightyfirst_hand/r02_fixed_width_chronic_svt.txt": "RT before its vein is right",
    "eightyfirst_hand/r08_comparators_postpartum_right.txt": "RT before its vein is right",
    "eightysecond_hand/r05_french_english_lines.txt": "its French sides are not exchanged",
    "eightythird_hand/r02_mobile_worksheet_svt.txt": "RT before its vein is right",
    "eightythird_hand/r04_post_laser_right_ssv.txt": "a tributary left open: no side",
    "eightythird_hand/r08_comparators_right.txt": "RT before its vein is right",
    "eightyfourth_hand/r08_short_right_ssv.txt": "RT leg in its title is right",
    "eightyfourth_hand/r12_two_languages_right.txt": "its French sides are not exchanged",
    "eightysixth_hand/r08_shorthand_right_leg.txt": "RT before its vein is right",
    "eighteenth_hand/r10_worksheet_codes_legend.txt": "RT is right and reflux time",
    "sixtyninth_hand/e09_calf_dvt_codes.txt": "RT LEG in its title is right",
    "seventyeighth_hand/p09_tech_shorthand_plus_minus.txt": "RT alone on its line is right",
    "seventythird_hand/k06_ireland_letter_recurrence.txt": "what is left of a vein: no side",
    "twentyfirst_hand/u05_fixed_width.txt": "RT between wide gaps is right",
}
FILES = {
    path.relative_to(SAMPLES).as_posix(): path
    for path in sorted(SAMPLES.rglob("*.txt"))
    if "not_ours" not in path.parts
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def exchange(text: str) -> str:
    """A report with its sides exchanged."""
    sides = SIDE if TIME.search(text) else rf"{SIDE}|{START}(?:RT|LT){END}"
    return re.sub(rf"{BOTH}|{sides}", lambda match: _turn(match.group()), text)


def _turn(word: str) -> str:
    if word.lower() == "b/l":
        return word
    other = OTHER[word.lower()]
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def tell(observation: Observation, leg: Leg | None) -> tuple[object, ...]:
    """All of a fact but its words, said of a leg."""
    place = observation.place
    return (
        *(str(leg), place.vein, place.segment, place.item),
        *(observation.property, str(observation.value), observation.assertion),
        *(observation.temporality, observation.flags, observation.section),
    )


def list_facts(said: Extraction, *, turned: bool) -> set[tuple[object, ...]]:
    """What a report says of its legs, and of what hangs on a leg besides."""

    def side(leg: Leg | None) -> Leg | None:
        return leg.other if turned and leg else leg

    facts = {tell(o, side(o.place.leg)) for o in said.observations}
    for c in said.context:
        quote = c.source.quote if isinstance(c.source, TextSpan) else ""
        quoted = c.value == " ".join(quote.split())
        facts.add((str(side(c.leg)), c.fact, None if quoted else c.value.lower()))
    return facts


def find_unturned(text: str, knowledge: Knowledge) -> set[tuple[object, ...]]:
    """The facts that are not those of the other leg when the sides of a report are exchanged."""
    here = list_facts(read_kept(text, knowledge), turned=True)
    return here ^ list_facts(read_text(exchange(text), knowledge), turned=False)


def test_exchanged_sides_exchange_the_legs(knowledge: Knowledge) -> None:
    """Each sample, its sides exchanged, says the same of the other leg, and nothing else."""
    wrong = [
        name
        for name, path in FILES.items()
        if name not in LEFT_OUT and find_unturned(decode_text(path.read_bytes()), knowledge)
    ]
    assert wrong == []


def test_what_is_left_out_has_to_be(knowledge: Knowledge) -> None:
    """The samples whose sides no exchange of words turns are few, and none could be turned."""
    assert len(LEFT_OUT) * 20 < len(FILES)
    for name in LEFT_OUT:
        assert find_unturned(decode_text(FILES[name].read_bytes()), knowledge), name


def test_a_guessed_side_is_seen(knowledge: Knowledge) -> None:
    """A word that the exchange does not turn, such as a misspelt side, is told."""
    assert find_unturned("The rigth GSV is incompetent. The left GSV is competent.", knowledge)
    assert not find_unturned("The right GSV is incompetent.", knowledge)
