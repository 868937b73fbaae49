"""Twelve typical legs as facts, for the tests of the vein map and its picture in docs/."""

from __future__ import annotations

from tests.write.studies import make_result
from ultrasound.write.rows import result_rows

LEGS = {
    "GSV axial, refluxing perforator": (
        "R GSV sfj reflux_time 2800; R GSV sfj diameter 9.4;"
        "R GSV proximal_thigh reflux_time 3200; R GSV proximal_thigh diameter 8.1;"
        "R GSV mid_thigh reflux_time 3000; R GSV mid_thigh diameter 7.2;"
        "R GSV distal_thigh reflux_time 2600; R GSV distal_thigh diameter 6.8;"
        "R GSV knee reflux_time 2100; R GSV knee diameter 6.0;"
        "R GSV proximal_calf reflux_time 1400; R GSV proximal_calf diameter 5.2;"
        "R GSV mid_calf reflux_time 400; R GSV mid_calf diameter 3.6;"
        "R GSV distal_calf reflux absent; R CFV - reflux absent; R FV - reflux absent;"
        "R POPV - reflux absent; R SSV - reflux absent;"
        "R CPV distal_calf reflux_time 1100 @Cockett_II;"
        "R CPV distal_calf diameter 4.2 @Cockett_II; R NSV mid_calf reflux present"
    ),
    "AASV to the thigh, GSV competent": (
        "L AASV sfj reflux_time 1900; L AASV sfj diameter 6.5;"
        "L AASV proximal_thigh reflux present; L AASV proximal_thigh diameter 5.1;"
        "L AASV mid_thigh reflux present; L GSV - reflux absent; L SSV - reflux absent;"
        "L NSV distal_thigh reflux present; L NSV distal_thigh diameter 5;"
        "L DEEP - reflux absent; L DEEP - thrombus absent"
    ),
    "SSV with Giacomini and gastrocnemius vein": (
        "R SSV spj reflux_time 2400; R SSV spj diameter 7.9;"
        "R SSV proximal_calf reflux_time 2200; R SSV proximal_calf diameter 6.6;"
        "R SSV mid_calf reflux_time 1300; R SSV mid_calf diameter 5.1;"
        "R SSV distal_calf reflux absent; R GIAC distal_thigh reflux_time 900;"
        "R GIAC distal_thigh diameter 3.8; R GIAC mid_thigh reflux absent;"
        "R GAV proximal reflux absent; R POPV mid reflux_time 600; R GSV - reflux absent;"
        "R NSV proximal_calf reflux present @posterior"
    ),
    "Acute deep thrombosis, no reflux asked": (
        "L CFV - thrombus absent; L FV proximal thrombus absent; L FV mid thrombus acute;"
        "L FV distal thrombus acute; L POPV proximal thrombus acute;"
        "L POPV mid thrombus acute; L POPV distal thrombus acute;"
        "L PTV proximal thrombus acute; L PTV mid thrombus acute; L SOV - thrombus acute;"
        "L GSV - thrombus absent"
    ),
    "Chronic change with deep reflux": (
        "R CFV mid reflux_time 1800; R FV proximal reflux_time 1600;"
        "R FV mid reflux_time 1500; R FV distal reflux_time 700;"
        "R FV proximal thrombus chronic; R FV mid thrombus chronic;"
        "R FV distal thrombus chronic; R POPV proximal reflux_time >800;"
        "R POPV mid reflux_time 1600; R POPV mid thrombus chronic;"
        "R POPV distal reflux_time 1800; R POPV distal thrombus chronic;"
        "R PTV - reflux present; R PRV - reflux not_assessed; R GSV - reflux absent"
    ),
    "GSV ablated, AASV recurrence": (
        "L GSV thigh treatment thermal_ablation; L GSV thigh treatment_result closed;"
        "L GSV knee diameter 3.2; L GSV knee reflux absent;"
        "L GSV proximal_calf reflux absent; L AASV sfj reflux_time 2200;"
        "L AASV sfj diameter 5.8; L AASV proximal_thigh reflux_time 1900;"
        "L AASV mid_thigh reflux_time 1200; L TPV mid_thigh reflux_time 900;"
        "L TPV mid_thigh diameter 4.4; L SSV - reflux absent; L DEEP - reflux absent"
    ),
    "GSV stripped, foam, recanalised calf": (
        "R GSV sfj treatment stripped; R GSV thigh treatment stripped;"
        "R GSV knee reflux absent; R GSV proximal_calf treatment sclerotherapy;"
        "R GSV proximal_calf treatment_result open; R GSV mid_calf treatment_result open;"
        "R GSV mid_calf diameter 2.6; R SSV proximal_calf anatomy not_visualized;"
        "R SSV mid_calf anatomy not_visualized; R AASV sfj reflux absent;"
        "R AASV proximal_thigh reflux absent; R AASV proximal_thigh diameter 3.4"
    ),
    "Doubts: bounds, ranges, contradictions": (
        "L GSV sfj reflux_time 400-900; L GSV proximal_thigh reflux_time ~500;"
        "L GSV mid_thigh reflux_time >300; L GSV distal_thigh reflux present;"
        "L GSV distal_thigh reflux_time 200; L GSV knee reflux present ?;"
        "L SSV spj reflux_time 450; L SSV proximal_calf reflux_time 300;"
        "L POPV mid reflux_time >800; L FV mid thrombus present;"
        "L POPV distal thrombus acute ?; L CPV mid_calf reflux_time 400-600"
    ),
    "Level not stated": (
        "R GSV - reflux present; R GSV - reflux_time 1400; R GSV - diameter 7;"
        "R SSV - reflux absent; R POPV - reflux_time 1500; R PERF - reflux present;"
        "R AASV - reflux present; R FV - thrombus acute; R NSV - reflux present"
    ),
    "Two GSV trunks, PASV, perforators": (
        "L GSV sfj reflux_time 1500; L GSV proximal_thigh reflux_time 1600 #1;"
        "L GSV mid_thigh reflux_time 1600 #1; L GSV mid_thigh reflux absent #2;"
        "L GSV mid_thigh diameter 3.1 #2; L PASV proximal_thigh reflux_time 800;"
        "L PASV proximal_calf reflux present; L PASV mid_calf reflux_time 1100;"
        "L CPV distal_calf reflux_time 900 @Cockett_III;"
        "L CPV distal_calf diameter 3.9 @Cockett_III; L CPV mid_calf reflux_time 300 #1;"
        "L CPV mid_calf diameter 2.2 #1; L CPV proximal_calf reflux absent @Boyd;"
        "L CPV mid_calf reflux present @lateral #2; L TPV distal_thigh reflux_time 700 @Dodd;"
        "L NSV mid_calf reflux present"
    ),
    "Iliac obstruction, pelvic reflux": (
        "L IVC - thrombus absent; L CIV - thrombus subacute; L EIV - thrombus subacute;"
        "L IIV - patency patent; L CFV - thrombus absent; L PELV - reflux present;"
        "L NSV sfj reflux present; L GSV sfj reflux absent;"
        "L GSV proximal_thigh reflux_time 900; L GSV proximal_thigh diameter 4.4;"
        "L DFV - reflux absent; L ATV - reflux absent"
    ),
    "Everything refluxes": (
        "R CFV proximal reflux_time 2100; R CFV mid reflux_time 2000;"
        "R CFV distal reflux_time 1900; R FV proximal reflux_time 1800;"
        "R FV mid reflux_time 1700; R FV distal reflux_time 1600;"
        "R DFV proximal reflux_time 1500; R AASV sfj reflux_time 1400;"
        "R AASV proximal_thigh reflux_time 1300; R AASV mid_thigh reflux_time 1200;"
        "R GSV sfj reflux_time 4100; R GSV sfj diameter 12.4;"
        "R GSV proximal_thigh reflux_time >4000; R GSV proximal_thigh diameter 11.2;"
        "R GSV mid_thigh reflux_time 3900; R GSV distal_thigh reflux_time 3800;"
        "R GSV knee reflux_time 3700; R GSV proximal_calf reflux_time 3600;"
        "R GSV mid_calf reflux_time 3500; R GSV distal_calf reflux_time 3400;"
        "R POPV proximal reflux_time 1500; R POPV mid reflux_time 1400;"
        "R POPV distal reflux_time 1300; R GAV - reflux present; R SSV spj reflux_time 2600;"
        "R SSV proximal_calf reflux_time 2500; R SSV mid_calf reflux_time 2400;"
        "R SSV distal_calf reflux_time 2300; R PTV proximal reflux_time 900;"
        "R PTV mid reflux_time 800; R PRV proximal reflux_time 900;"
        "R ATV proximal reflux_time 900; R TPT - reflux present;"
        "R CPV distal_calf reflux_time 900 #1; R CPV distal_calf reflux_time 800 #2;"
        "R CPV mid_calf reflux_time 700; R TPV mid_thigh reflux_time 700;"
        "R NSV proximal_calf reflux present"
    ),
}  # fmt: skip


def swap_sides(facts: str) -> str:
    """The same facts of the other leg."""
    other = {"R": "L", "L": "R"}
    lines = [line.strip() for line in facts.split(";")]
    return ";".join(other.get(line[:1], line[:1]) + line[1:] for line in lines)


def map_rows(facts: str) -> dict[str, list[dict[str, object]]]:
    """The rows of a study with these facts."""
    return result_rows(make_result(1, facts))
