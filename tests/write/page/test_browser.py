"""The page in a real browser, with scripts switched off: links mark the words they lead to."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.write.page.pages import HOSTILE, make_page, read_sample, read_text
from ultrasound.knowledge.schema_drawing import load_page_look
from ultrasound.write.rows import result_rows
from ultrasound.write.vein_map import draw_map, write_svg

pytestmark = [pytest.mark.needs_program("chromium"), pytest.mark.needs_program("chromedriver")]
SAMPLE = "pipe_table/both_legs_pipes.txt"
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-device-scale-factor=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser that runs no script of a page."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(switch)
    options.add_experimental_option(
        "prefs", {"profile.managed_default_content_settings.javascript": 2}
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.get("data:text/html,<title>off</title><script>document.title = 'on'</script>")
    assert driver.title == "off"
    driver.set_window_size(1440, 900)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page of a sample with its vein map."""
    result = read_sample(SAMPLE)
    rows = result_rows(result)
    svg = write_svg(draw_map(rows["legs"], rows["segments"]))
    path = tmp_path_factory.mktemp("pages") / "0000aaaa.html"
    path.write_bytes(make_page(result, svg))
    return path.as_uri()


def find_fact(prop: str, segment: str, leg: str = "left") -> dict[str, object]:
    """The row of a fact of the sample's great saphenous vein."""
    (row,) = (
        row
        for row in result_rows(read_sample(SAMPLE))["observations"]
        if (row["leg"], row["vein"], row["segment"], row["property"]) == (leg, "GSV", segment, prop)
        and row["section"] is None
    )
    return row


def list_chosen(browser: webdriver.Chrome) -> list[WebElement]:
    """The marks of the report that are dressed as chosen."""
    ground = load_page_look().chosen.ground
    wanted = f"rgba({', '.join(str(int(ground[at : at + 2], 16)) for at in (1, 3, 5))}, 1)"
    marks = browser.find_elements(By.CSS_SELECTOR, ".text .m")
    return [mark for mark in marks if mark.value_of_css_property("background-color") == wanted]


def is_in_sight(browser: webdriver.Chrome, element: WebElement) -> bool:
    """Whether an element lies within the window."""
    top, left = (
        browser.execute_script(f"return arguments[0].getBoundingClientRect().{side}", element)
        for side in ("top", "left")
    )
    return bool(0 < top < 850 and 0 <= left < 1440)


def read_log(browser: webdriver.Chrome) -> list[object]:
    """What the browser complained of since it was last asked."""
    complaints: list[object] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return complaints


def test_a_link_of_the_workbook_lands_on_the_words(browser: webdriver.Chrome, place: str) -> None:
    """The fragment of an observation marks its words, brings them into sight, and tells why."""
    fact = find_fact("reflux_time", "proximal_calf")
    browser.get("about:blank")
    browser.get(f"{place}#o-{fact['id']}")
    (mark,) = list_chosen(browser)
    assert mark.text == fact["quote"]
    assert is_in_sight(browser, mark)
    told = browser.execute_script(
        "return getComputedStyle(document.querySelector(':target'), '::after').content"
    )
    assert "left GSV proximal calf reflux time = 1800 ms" in told
    assert "leg: " in told


def test_a_click_on_a_row_marks_its_words(browser: webdriver.Chrome, place: str) -> None:
    """A row anywhere leads to its words; they lead back to the row, and both stay in sight."""
    browser.get(place)
    assert list_chosen(browser) == []
    fact = find_fact("diameter", "knee")
    row = browser.find_element(By.ID, f"e-o-{fact['id']}")
    cell = row.find_element(By.CSS_SELECTOR, "td.what")
    webdriver.ActionChains(browser).move_to_element(cell).click().perform()
    (mark,) = list_chosen(browser)
    assert mark.text == fact["quote"]
    assert is_in_sight(browser, mark)
    mark.click()
    assert browser.current_url.endswith(f"#e-o-{fact['id']}")
    assert is_in_sight(browser, browser.find_element(By.ID, f"e-o-{fact['id']}"))
    (mark,) = list_chosen(browser)
    assert mark.text == fact["quote"]
    assert is_in_sight(browser, mark)


def test_supporting_words_are_marked_otherwise(browser: webdriver.Chrome, place: str) -> None:
    """What made a fact this leg and level is outlined while the fact is chosen."""
    fact = find_fact("diameter", "knee")
    browser.get("about:blank")
    browser.get(f"{place}#o-{fact['id']}")
    marks = browser.find_elements(By.CSS_SELECTOR, ".text .m")
    lined = [m.text for m in marks if m.value_of_css_property("outline-style") == "dashed"]
    assert {"L", "knee"} <= set(lined)


def test_keyboard_reaches_words_and_rows(browser: webdriver.Chrome, place: str) -> None:
    """Tab goes to the first marked words and shows what was read; Enter leads to the entry."""
    browser.get("about:blank")
    browser.get(f"{place}#report")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    active = browser.switch_to.active_element
    assert "m" in (active.get_attribute("class") or "").split()
    content = browser.execute_script(
        "return getComputedStyle(arguments[0], '::after').content", active
    )
    assert "exam title" in content
    active.send_keys(Keys.ENTER)
    assert re.search(r"#e-c-\d+$", browser.current_url)


def test_report_is_the_same_text_in_a_browser(browser: webdriver.Chrome, tmp_path: Path) -> None:
    """Line ends, control characters and markup of a hostile report are what the browser holds."""
    path = tmp_path / "hostile.html"
    path.write_bytes(make_page(read_text(HOSTILE)))
    browser.get(path.as_uri())
    text = browser.find_element(By.CSS_SELECTOR, ".text")
    assert text.get_property("textContent") == HOSTILE
    assert browser.find_elements(By.TAG_NAME, "script") == []
    assert browser.find_elements(By.TAG_NAME, "img") == []


def test_page_breaks_no_rule_of_its_own(browser: webdriver.Chrome, place: str) -> None:
    """The browser has nothing to complain of: no forbidden style, no request."""
    read_log(browser)
    browser.get(place)
    assert read_log(browser) == []


@pytest.mark.parametrize("width", [500, 1000, 1440])
def test_page_fits_its_window(browser: webdriver.Chrome, place: str, width: int) -> None:
    """Nothing but a table of the report itself has to be pushed sideways."""
    browser.set_window_size(width, 900)
    try:
        browser.get(place)
        script = "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
        wide, room = browser.execute_script(script)
        assert wide <= room
    finally:
        browser.set_window_size(1440, 900)


def test_page_prints(browser: webdriver.Chrome, place: str) -> None:
    """On paper all of the page is there, not only what is in sight."""
    browser.get(place)
    pdf = base64.b64decode(browser.print_page())
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 5
