"""The map in a real browser, opened from disk: what people do with it, with mouse, keys, phone and paper."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import hamlet
import hamlet_plan
from koppelkans.cli import look
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
TRICK = "<img src=x onerror=alert(1)>"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser of this machine; without one the journey is skipped, but not on CI."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the map of the hamlet, with a street name that tries to be markup."""
    plan = hamlet_plan.plan()
    names = plan.context.sections["name"].mask(plan.context.sections["section"] == "S4", TRICK)
    context = replace(plan.context, sections=plan.context.sections.assign(name=names))
    return written(replace(plan, context=context), tmp_path_factory.mktemp("map"))


def written(plan: Plan, folder: Path, lang: str = "nl") -> Path:
    return MAP_PAGE.write(plan, folder, lang)[0]


class Desk:
    """A page that was opened, with everything that the browser said of it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self._say(message.type, message.text))
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _say(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "GPU stall" not in text:  # the software renderer complains of itself
            self.said.append(text)

    def open(self, path: Path) -> Page:
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("body[data-ready]", timeout=60_000)
        return self.page


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", offline=True)
    made = Desk(context)
    yield made
    assert not made.said
    assert all(url.startswith(("file:", "blob:", "data:")) for url in made.asked)
    context.close()


def drawn(page: Page, layer: str) -> list[dict]:
    """Return the properties of what a layer has drawn, once the map stands still."""
    for _ in range(200):
        if page.evaluate("koppelkans.map.loaded() && koppelkans.map.areTilesLoaded() && !koppelkans.map.isMoving()"):
            break
        page.wait_for_timeout(50)
    return page.evaluate(
        "layer => koppelkans.map.queryRenderedFeatures({layers: [layer]}).map(f => ({...f.properties, id: f.id}))",
        layer,
    )


def test_the_map_opens_from_disk_and_draws_the_programme(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gehucht Stadsprogramma 2027–2036")
    expect(page.locator("#circle")).to_be_visible()
    expect(page.locator("#summary")).to_contain_text("werken5")
    assert {row["owners"] for row in drawn(page, "ever-line")} == {1, 2}


def test_the_map_opens_from_a_local_server_too(browser: Browser, page_file: Path):
    server = look.serving(page_file.parent)
    context = browser.new_context(viewport=DESK)
    made = Desk(context)
    made.page.goto(f"http://{look.LOCAL}:{server.server_address[1]}/{page_file.name}")
    made.page.wait_for_selector("body[data-ready]", timeout=60_000)
    assert drawn(made.page, "ever-line")
    context.close()
    server.shutdown()
    server.server_close()
    assert not [said for said in made.said if "favicon" not in said and "404" not in said]


def test_the_year_slider_shows_what_is_open_in_that_year(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.get_by_label("Jaar op de kaart").fill("2030")
    expect(page.locator("#told")).to_have_text("2030 · 2 wegvakken open · waarvan 2 samen · € 208.000")
    assert {row["id"] for row in drawn(page, "open-line")} == {0, 1}
    assert not drawn(page, "ever-line")
    page.get_by_role("button", name="Alle jaren").click()
    assert {row["id"] for row in drawn(page, "ever-line")} == {0, 1, 2}


def test_plans_of_third_parties_keep_to_their_window(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.get_by_role("checkbox", name="Plannen van derden").check()
    assert drawn(page, "plans-line")  # gas in the Dorpsstraat, 2029-2031
    page.get_by_label("Jaar op de kaart").fill("2031")
    assert drawn(page, "plans-line")
    page.get_by_label("Jaar op de kaart").fill("2032")
    assert not drawn(page, "plans-line")


def test_the_years_play_one_by_one(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    page.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))
    page.get_by_role("button", name="Speel de jaren één voor één af").click()
    expect(page.locator("#told")).to_contain_text("2027 · ")
    page.clock.run_for(1_500)
    expect(page.locator("#told")).to_contain_text("2028 · 1 wegvak open")
    page.get_by_role("button", name="Stop met afspelen").click()
    page.clock.run_for(10_000)
    expect(page.locator("#told")).to_contain_text("2028 · ")


def test_a_street_is_found_with_the_keys_alone(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.keyboard.press("/")
    page.keyboard.type("dorps")
    expect(page.get_by_role("option").first).to_contain_text("Dorpsstraat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Dorpsstraat")
    # Two share an opening: the third works in the other section.
    expect(page.locator("#details")).to_contain_text("3 partijen, hoogstens 2 in één opening")
    assert len(drawn(page, "selected-core")) >= 2
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()


def test_where_plans_are_kept_back_the_map_says_so_and_not_that_there_are_none(desk: Desk, tmp_path: Path):
    names = {"gas": "Netbeheerder", "gemeente": "Gemeente Gehucht", "water": "Waterbedrijf"}
    parties = [
        {"party": party, "name": name} | ({"shares": []} if party == "gas" else {}) for party, name in names.items()
    ]
    seen = seen_by(replace(hamlet_plan.plan(), settings=hamlet.settings(parties=parties)))
    page = desk.open(
        written(replace(seen, context=replace(seen.context, touches=seen.context.touches.iloc[:0])), tmp_path)
    )
    for street, told in (("dorps", "Niet alle plannen zijn openbaar"), ("kerkw", "Hier is geen werk bekend")):
        page.get_by_role("combobox", name="Zoek").fill(street)
        page.keyboard.press("Enter")
        expect(page.locator("#details")).to_contain_text(told)


def test_the_head_says_money_and_calls_as_the_account_does(desk: Desk, page_file: Path):
    page, account = desk.open(page_file), hamlet_plan.plan().account
    head = page.locator("#sums")
    for key in ("investment_eur", "uncovered_eur"):
        amount = f"€ {account.whole(key):,}".replace(",", ".")
        expect(head).to_contain_text(f"{account.figure(key).called('nl')} {amount}")
    head.get_by_role("button", name="telefoontje").click()
    expect(page.locator("#list h2")).to_be_visible()


def test_search_knows_areas_works_and_parties_too(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    for asked, title in (("oost", "Oost"), ("gas dorps", "Gas Dorpsstraat"), ("waterbedrijf", "Waterbedrijf")):
        page.get_by_role("combobox", name="Zoek").fill(asked)
        page.keyboard.press("Enter")
        expect(page.locator("#details h2")).to_have_text(title)
    expect(page.locator("#details")).to_contain_text("planner leidingen")


def test_a_work_is_found_by_its_key_and_shows_it(desk: Desk, page_file: Path):
    page, works = desk.open(page_file), hamlet_plan.plan().context.works.set_index("name")["work"]
    page.get_by_role("combobox", name="Zoek").fill(works["Gas Dorpsstraat"].upper())
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Gas Dorpsstraat")
    expect(page.locator("#details")).to_contain_text(f"Sleutel{works['Gas Dorpsstraat']}")


def test_a_click_on_a_street_tells_year_parties_reason_and_saving(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    drawn(page, "ever-line")
    point = page.evaluate(
        "(() => { const [east, north] = middleOf_(); return koppelkans.map.project([east, north]);"
        " function middleOf_() { const [a, b] = koppelkans.city.sections[1].geometry.coordinates;"
        " return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]; } })()"
    )
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    details = page.locator("#details")
    for text in (
        "Dorpsstraat", "2030", "2 partijen samen", "Riool Dorpsstraat", "Gemeente Gehucht", "€ 80.000",
        "In 2030 samen met anderen", "scheelt hier € 20.000", "samen € 40.000 bespaard", "Meer bomen", "biodiversiteit", "80 %",
    ):  # fmt: skip
        expect(details).to_contain_text(text)


def test_a_work_tells_what_each_other_year_would_cost_and_what_forbids_it(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.keyboard.press("/")
    page.keyboard.type("gas dorpsstraat")
    page.keyboard.press("Enter")
    details = page.locator("#details")
    expect(details.get_by_role("heading", level=2)).to_have_text("Gas Dorpsstraat")
    strip = details.locator(".prices li")
    expect(strip).to_have_count(3)
    labels = [strip.nth(at).get_attribute("aria-label") for at in range(3)]
    assert [re.sub(r"\s", " ", label) for label in labels] == [
        "2029: € 19.000 duurder",
        "2030: zijn jaar in het programma",
        "2031: kan niet, te weinig geld over in Eigen middelen gas",
    ]
    expect(strip.nth(0)).to_contain_text("+19")
    expect(details.locator(".reasons")).to_contain_text("2031: te weinig geld over in Eigen middelen gas")
    expect(details.locator("dl")).to_contain_text("Beste jaar")
    expect(details).not_to_contain_text("[object")


def test_layers_bring_their_legend_and_their_places(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    for box, layer in (
        ("Kansen", "chance"), ("Knelpunten", "clash"), ("Wensen van bewoners", "wishes"),
        ("Plannen van derden", "plans-line"), ("Niet in het programma", "undone-line"),
        ("Bundels", "bundles-line"), ("Wat er ligt", "assets-line"), ("Behoefte per ambitie", "needs-line"),
    ):  # fmt: skip
        assert not drawn(page, layer)
        page.get_by_role("checkbox", name=box).first.check()
        assert drawn(page, layer)
    page.get_by_role("combobox", name="Ambitie").select_option("hitte")
    page.get_by_role("checkbox", name="samen open").or_(page.get_by_role("checkbox", name="shared opening")).uncheck()
    assert not drawn(page, "chance")


def test_a_name_that_tries_to_be_markup_stays_text(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.get_by_role("combobox", name="Zoek").fill("onerror")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text(TRICK)
    page.get_by_role("button", name="Lijst").click()
    page.get_by_role("combobox", name="Lijst", exact=True).select_option("undone")
    expect(page.locator("#list")).to_contain_text(TRICK)
    assert page.locator("img").count() == 1  # the picture of the map for paper


def test_the_list_says_the_same_as_the_map_and_follows_its_choices(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.get_by_role("button", name="Lijst").click()
    table = page.get_by_role("table")
    expect(table.locator("tbody tr:not(.year-row)")).to_have_count(5)
    expect(table.get_by_role("rowheader")).to_have_text(["2028", "2030"])
    page.get_by_role("combobox", name="Partij", exact=True).select_option("Waterbedrijf")
    expect(table.locator("tbody tr:not(.year-row)")).to_have_count(2)
    page.get_by_role("combobox", name="Jaar", exact=True).select_option("2030")
    expect(table.locator("tbody tr:not(.year-row)")).to_have_count(1)
    expect(table).to_contain_text("Gemeente Gehucht en Netbeheerder")
    page.get_by_role("combobox", name="Lijst", exact=True).select_option("wishes")
    expect(page.locator("#list")).to_contain_text("Met deze keuzes staat hier niets.")
    page.get_by_role("combobox", name="Jaar", exact=True).select_option("")
    page.get_by_role("combobox", name="Partij", exact=True).select_option("")
    page.get_by_role("combobox", name="Lijst", exact=True).select_option("calls")
    expect(table).to_contain_text("planner leidingen")
    page.get_by_role("combobox", name="Lijst", exact=True).select_option("programme")
    page.get_by_role("button", name="Water Kerkweg").click()
    expect(page.locator("#details h2")).to_have_text("Water Kerkweg")
    expect(page.locator("#map")).to_be_visible()


def test_the_list_can_keep_to_what_the_map_shows(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.evaluate("koppelkans.map.jumpTo({center: koppelkans.city.sections[2].geometry.coordinates[1], zoom: 20})")
    page.get_by_role("button", name="Lijst").click()
    page.get_by_role("checkbox", name="alleen wat nu op de kaart in beeld is").check()
    expect(page.get_by_role("table").locator("tbody tr:not(.year-row)")).to_have_count(1)


def test_without_webgl_everything_stands_in_the_list(browser: Browser, page_file: Path):
    context = browser.new_context(viewport=DESK)
    context.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest)"
        " { return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); };"
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector("body[data-ready]")
    expect(page.get_by_role("table").locator("tbody tr:not(.year-row)")).to_have_count(5)
    page.get_by_role("button", name="Kaart").click()
    expect(page.locator("#no-map")).to_be_visible()
    context.close()


def test_everything_that_can_be_pressed_has_a_name_and_is_reached_with_tab(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    page.get_by_role("checkbox", name="Kansen").first.check()
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select, a, summary')].filter(e => e.offsetParent"
        " && !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title)).map(e => e.outerHTML)"
    )
    assert nameless == []
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    for wanted in ("skip", "search", "to-map", "to-list", "on-programme", "maplibregl-canvas", "play", "year"):
        assert any(wanted in name for name in reached), wanted


def test_the_page_fits_a_phone(browser: Browser, page_file: Path):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector("body[data-ready]")
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(fits)
    sheet = page.get_by_role("button", name="Kaartlagen")
    expect(sheet).to_have_attribute("aria-expanded", "false")
    assert page.locator("#map").bounding_box()["height"] > 300
    sheet.click()
    expect(page.get_by_role("checkbox", name="Kansen").first).to_be_visible()
    assert page.locator("#map").bounding_box()["height"] > 120
    page.get_by_role("button", name="Lijst").click()
    assert page.evaluate(fits)
    page.get_by_role("button", name="Kaart", exact=True).click()
    page.get_by_role("combobox", name="Zoek").fill("dorps")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Dorpsstraat")
    page.wait_for_function(CHOSEN_IN_VIEW)
    context.close()


CHOSEN_IN_VIEW = """() => {
  const { map } = globalThis.koppelkans;
  const places = map.querySourceFeatures("selected").flatMap((one) => one.geometry.coordinates.flat(1 / 0));
  const { clientWidth, clientHeight } = map.getContainer();
  for (let at = 0; at < places.length; at += 2) {
    const { x, y } = map.project([places[at], places[at + 1]]);
    if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) return false;
  }
  return places.length > 0;
}"""


def test_paper_gets_the_picture_of_the_map_and_the_legend(desk: Desk, page_file: Path):
    page = desk.open(page_file)
    drawn(page, "ever-line")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#picture")).to_be_visible()
    assert len(page.locator("#picture").get_attribute("src")) > 5_000
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.locator(".legend").first).to_be_visible()


def test_the_page_opens_in_english(desk: Desk, tmp_path: Path):
    page = desk.open(written(hamlet_plan.plan(), tmp_path, "en"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Gehucht City programme 2027–2036")
    expect(page.locator("#told")).to_have_text("2027–2036 · 3 sections open · of which 2 together · €257,000")
