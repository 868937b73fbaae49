"""The documentation: what it names exists, and what exists is named, in both directions."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from tools.check_lock import NO_WHEELS
from tools.targets import PLATFORMS, PYTHONS
from tools.write_criteria import render_page
from ultrasound.cli import app, main
from ultrasound.config import Settings
from ultrasound.domain import DISMISSAL_RULES, REVIEW_SEVERITY, SECTIONS
from ultrasound.knowledge import load_knowledge, schema_dictation, schema_sections, schema_text
from ultrasound.knowledge.schema_criteria import CriteriaSet
from ultrasound.knowledge.schema_payers import LeftOutTable, PayerProfile
from ultrasound.knowledge.schema_turns import TurnTable
from ultrasound.knowledge.schema_wordings import WordingTable
from ultrasound.knowledge.tables import Row
from ultrasound.knowledge.vein_rows import VeinTable
from ultrasound.write.columns import TABLES
from ultrasound.write.columns_legs import VEINS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
SHELL = re.compile(r"^```(?:sh|bat)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OUTPUT = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")

KNOWLEDGE_PAGES: dict[str, type[Row]] = {
    "veins.toml": VeinTable,
    "segments.toml": schema_text.SegmentTable,
    "findings.toml": schema_text.FindingTable,
    "cues.toml": schema_text.CueTable,
    "units.toml": schema_text.UnitTable,
    "sections.toml": schema_sections.SectionTable,
    "dictation.toml": schema_dictation.DictationTable,
    "turns.toml": TurnTable,
    "wordings.toml": WordingTable,
    "columns.toml": schema_text.ColumnTable,
    "context.toml": schema_text.ContextTable,
    "criteria/*.toml": CriteriaSet,
    "payers/*.toml": PayerProfile,
    "payers_left_out.toml": LeftOutTable,
}


def read_page(name: str) -> str:
    """A page of the documentation."""
    return (ROOT / name).read_text(encoding="utf-8")


def list_commands() -> dict[str, TyperCommand]:
    """The program's commands, by name."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    commands = group.commands
    return {name: each for name, each in commands.items() if isinstance(each, TyperCommand)}


def list_options(command: TyperCommand) -> set[str]:
    """The long options of a command, but for --help."""
    names = {name for parameter in command.params for name in parameter.opts}
    return {name for name in names if name.startswith("--")} - {"--help"}


def find_section(page: str, heading: str) -> str:
    """The text below a heading, up to the next heading of its level or above."""
    level = heading.count("#")
    start = page.index(f"\n{heading}\n") + len(heading) + 2
    end = re.search(rf"^#{{1,{level}}} ", page[start:], flags=re.MULTILINE)
    return page[start : start + end.start()] if end else page[start:]


def first_cells(text: str) -> list[str]:
    """The codes in the first column of all tables of a text, in their order."""
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row.split("|")[1])]


def expand_columns(names: list[str]) -> list[str]:
    """Column names with "{vein}" written out for each vein of the legs table, vein by vein."""
    pattern = [name for name in names if "{vein}" in name]
    expanded: list[str] = []
    for name in names:
        if name not in pattern:
            expanded.append(name)
        elif name == pattern[0]:
            expanded += [each.replace("{vein}", vein) for vein in VEINS for each in pattern]
    return expanded


def list_keys(table: type[Row], prefix: str = "") -> Iterator[str]:
    """The keys of a knowledge table, those of its rows after a dot, NAME for a free name."""
    for name, field in table.model_fields.items():
        key, kind = f"{prefix}{name}", field.annotation
        rows = [each for each in (kind, *get_args(kind)) if isinstance(each, type)]
        inner = next((each for each in rows if issubclass(each, Row)), None)
        if inner is None:
            yield key
        else:
            free = "NAME." if get_origin(kind) is dict else ""
            yield from list_keys(inner, f"{key}.{free}")


def shell_lines() -> Iterator[tuple[str, list[str]]]:
    """Each command line in the documentation, with its page's name."""
    for page in PAGES:
        for block in SHELL.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                yield page.name, shlex.split(line.replace("\\", "/"), comments=True)


def list_anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_command_is_documented_and_no_other() -> None:
    """docs/users.md has a heading for each command, and for nothing else."""
    section = find_section(read_page("docs/users.md"), "## Commands")
    documented = re.findall(r"^### `ultrasound ([a-z]+)`$", section, flags=re.MULTILINE)
    assert sorted(documented) == sorted(list_commands())


@pytest.mark.parametrize("name", sorted(list_commands()))
def test_each_option_is_documented_and_no_other(name: str) -> None:
    """The options in a command's section are those that the command has."""
    section = find_section(read_page("docs/users.md"), f"### `ultrasound {name}`")
    assert set(first_cells(section)) == list_options(list_commands()[name])


def test_each_setting_is_documented_and_no_other() -> None:
    """The keys of a lab's settings file are those of the settings page."""
    section = find_section(read_page("docs/users.md"), "### Settings")
    assert first_cells(section) == list(Settings.model_fields)


@pytest.mark.parametrize("name", sorted(KNOWLEDGE_PAGES))
def test_each_knowledge_key_is_documented_and_no_other(name: str) -> None:
    """The keys of a table's section are those that the loader takes."""
    section = find_section(read_page("docs/knowledge.md"), f"## `{name}`")
    assert sorted(first_cells(section)) == sorted(list_keys(KNOWLEDGE_PAGES[name]))


def test_command_lines_in_the_documentation_exist() -> None:
    """Each command, option and make target that a page shows is there."""
    targets = set(re.findall(r"^([a-z-]+):", read_page("Makefile"), flags=re.MULTILINE))
    commands = list_commands()
    seen = set()
    for page, words in shell_lines():
        program = Path(words[0]).name if words else ""
        if program == "make":
            assert words[1] in targets, page
        elif program == "ultrasound" and words[1] != "--version":
            assert words[1] in commands, page
            options = {word.partition("=")[0] for word in words if word.startswith("--")}
            assert options <= list_options(commands[words[1]]), page
        seen.add(program)
    assert {"make", "ultrasound"} <= seen


def test_readme_leads_with_two_commands() -> None:
    """The first commands of the README are the two that need nothing before them."""
    first = SHELL.findall(read_page("README.md"))[0]
    assert first.splitlines() == ["make demo", "make test"]


def test_readme_shows_what_the_demo_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The output in the README is what the main job prints on the samples, to the last figure.

    Where the demo has just been run, ULTRASOUND_DEMO names the file that holds what it printed.
    """
    if (demo := os.environ.get("ULTRASOUND_DEMO")) is not None:
        printed = Path(demo).read_text(encoding="utf-8").splitlines(keepends=True)[-1]
    else:
        with pytest.raises(SystemExit) as ended:
            main(["run", str(ROOT / "sample_reports"), "--out", str(tmp_path / "out")])
        printed = capsys.readouterr().out.replace(f"{tmp_path / 'out'}", "demo_output")
        assert ended.value.code == 0
    assert OUTPUT.findall(read_page("README.md"))[0] == printed.replace("\\", "/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the project, and to a heading in it, has its target."""
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        assert not anchor or anchor in list_anchors(path), f"{target}#{anchor}"


def test_each_table_is_documented_and_no_other() -> None:
    """docs/tables.md has a section for each table that is written, and for nothing else."""
    documented = re.findall(r"^## `([a-z]+)`$", read_page("docs/tables.md"), flags=re.MULTILINE)
    assert sorted(documented) == sorted(TABLES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_column_is_documented_and_no_other(table: str) -> None:
    """The columns of a table are those of its page, in the same order."""
    section = find_section(read_page("docs/tables.md"), f"## `{table}`")
    documented = first_cells(section.partition("\n\n| code |")[0].partition("\n### ")[0])
    assert expand_columns(documented) == [column.name for column in TABLES[table]]


@pytest.mark.parametrize(
    "table", ["legs", "segments", "observations", "review", "criteria", "rls", "files"]
)
def test_headers_of_the_workbook_are_documented(table: str) -> None:
    """Beside each column of a sheet stands the header that the workbook shows."""
    section = find_section(read_page("docs/tables.md"), f"## `{table}`").partition("| code |")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    documented = {row[1].strip(" `"): row[2].strip() for row in rows}
    for column in TABLES[table]:
        vein = column.name.partition("_")[0]
        name, shown = column.name, documented.get(column.name)
        if shown is None:
            name = column.name.replace(vein, "{vein}", 1)
            shown = documented[name].replace("{vein}", VEINS[vein])
        assert shown == column.header, name


def test_review_codes_are_documented_with_their_severity() -> None:
    """The codes below the review table are those of the program, each with its severity."""
    section = find_section(read_page("docs/tables.md"), "## `review`").partition("| code |")[2]
    rows = re.findall(r"^\| `([a-z_]+)` \| (\w+) \|", section, flags=re.MULTILINE)
    assert dict(rows) == dict(REVIEW_SEVERITY)


def test_criteria_sets_are_documented() -> None:
    """The ids on the tables page are those of the knowledge tables, the default first."""
    section = find_section(read_page("docs/tables.md"), "### Criteria sets")
    documented = re.findall(r"`([a-z0-9_]+)`", section.partition(". Reflux")[0])
    assert documented[0] == Settings().criteria
    paths = (ROOT / "ultrasound" / "knowledge" / "criteria").glob("*.toml")
    assert sorted(documented) == sorted(path.stem for path in paths)


def test_contract_lists_the_veins() -> None:
    """The vein codes of the contract are those of the knowledge tables, in the same order."""
    section = find_section(read_page("docs/contract.md"), "## Veins")
    assert first_cells(section) == list(load_knowledge().text.vein_rows)


def test_contract_lists_the_rules_and_sections() -> None:
    """Dismissal rules and sections stand in the contract as the program knows them."""
    page = read_page("docs/contract.md")
    dismissal = find_section(page, "### `dismissal`").partition("closed list:")[2]
    rules = re.findall(r"`([a-z_]+)`", dismissal.partition(". What")[0])
    assert tuple(rules) == DISMISSAL_RULES
    (row,) = [line for line in page.splitlines() if line.startswith("| `section` |")]
    assert tuple(re.findall(r"`([a-z]+)`", row.split("|")[2])) == SECTIONS


def test_contract_lists_each_value_that_a_finding_can_have() -> None:
    """Each property and value that the finding tables can give stands in the contract."""
    section = find_section(read_page("docs/contract.md"), "## Properties")
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
    values = {name.strip(" `"): set(re.findall(r"`(\w+)`", cell)) for name, cell in rows}
    values["*"] = set().union(*values.values())
    for finding in load_knowledge().text.findings.finding:
        if finding.kind == "label":  # only names a number, which may be none of the contract
            continue
        given = {finding.value, finding.denied} - {None}
        listed = values[finding.property]
        assert not listed or given <= listed, finding.property


def test_platform_table_is_what_the_lock_check_asks_for() -> None:
    """The table in docs/development.md names each platform and Python, with the known answers."""
    page = read_page("docs/development.md")
    table = page.partition("<!-- lock-check -->\n")[2].partition("<!-- /lock-check -->")[0]
    answer = {True: "no", False: "wheels"}
    rows = [["platform", *PYTHONS], ["---"] * (len(PYTHONS) + 1)]
    rows += [[p.name, *[answer[p.name in NO_WHEELS]] * len(PYTHONS)] for p in PLATFORMS]
    assert table == "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_criteria_page_is_what_the_tables_say() -> None:
    """docs/criteria.md is up to date: `python -m tools.write_criteria` would change nothing."""
    assert read_page("docs/criteria.md") == render_page(load_knowledge())
