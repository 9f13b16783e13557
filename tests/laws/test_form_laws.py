"""Laws of the forms of report: written twice the same bytes, and no personal data in what the public may see."""

import io
import json
import re
import time
import zipfile
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import hamlet
import hamlet_plan
from kept import shared
from koppelkans.context.product import SET_ASIDE
from koppelkans.ground.tables import TEXT, shape
from koppelkans.report.circle import EVERYONE, INSIDE, Viewer
from koppelkans.report.contents import contents, products
from koppelkans.report.form import Form, Output
from koppelkans.report.forms import FORMS
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.write import outputs_of, write, write_form
from tongues import data_words, project_in, strays

SECRETS = ("j.jansen@voorbeeld.nl", "06-12345678", "NL91ABNA0417164300")
PERSON = "Jannigje Voorbeeld-Kanarie"
"""Stands in each column in which a person may be named: no pattern finds a name, so the column goes."""
HOME = "/home/jansen"
ENDS = {"html": {".html"}, "gpkg": {".gpkg"}, "xlsx": {".xlsx"}, "csv": {".csv", ".geojson", ".json", ".html"}, "pdf": {".pdf"}, "json": {".json"}, "docx": {".docx", ".pdf"}}  # fmt: skip


def telling(plan: Plan | None = None) -> Plan:
    """Return the plan of the hamlet in which people typed their address, number and account where they could."""
    plan = plan or hamlet_plan.plan()
    typed = " Bel mij: " + ", ".join(SECRETS)
    context, areas = plan.context, plan.areas
    aside = {"where": ["wensen.csv"], "found": [PERSON], "wanted": ["a year"], "fatal": [False]}
    context = replace(context, set_aside=shape(pd.DataFrame(aside), SET_ASIDE))
    promises = plan.programme.promises
    assert len(promises)
    return replace(
        plan,
        programme=replace(plan.programme, promises=promises.assign(made_to=PERSON)),
        context=replace(
            context,
            wishes=context.wishes.assign(text=context.wishes["text"] + typed),
            works=context.works.assign(name=context.works["name"] + typed, why_nl=context.works["why_nl"] + typed),
            parties=context.parties.assign(contact=context.parties["contact"] + typed),
        ),
        alignment=replace(
            plan.alignment, calls=plan.alignment.calls.assign(contact=plan.alignment.calls["contact"] + typed)
        ),
        areas=replace(areas, answers=areas.answers.assign(text=areas.answers["text"] + typed)),
    )


@cache
def pages_of(path: Path) -> tuple[str, ...]:
    """Return the words of each page of a document, which are read once."""
    return tuple(page.extract_text() for page in PdfReader(path).pages)


def words_of(path: Path) -> str:
    """Return everything that can be read in a file, also behind pictures and in the properties of a document."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        behind = [str(part) for part in reader.objects_by_words()] if hasattr(reader, "objects_by_words") else []
        return " ".join([*pages_of(path), str(reader.metadata), *behind])
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    return content.decode("utf-8", "ignore") + (project_in(path) if path.suffix == ".gpkg" else "")


def for_whom(form: Form) -> Viewer:
    """Return a viewer for whom a form is written: those inside where it is for them."""
    viewers = {"inside": INSIDE, "public": EVERYONE, "party": Viewer("party", "gas", "Netbeheerder")}
    return viewers["inside" if "inside" in form.circles else form.circles[0]]


def plan_for(form: Form, plan: Plan) -> Plan:
    """Return a plan as a viewer of a form sees it."""
    viewer = for_whom(form)
    return plan if viewer == INSIDE else seen_by(plan, viewer)


def found_in(path: Path, folder: Path) -> list[str]:
    """Return what of a person or of this machine can be read in a file, also where a line or a space breaks it."""
    words = words_of(path)
    joined = re.sub(r"\s", "", words)
    return [secret for secret in (*SECRETS, PERSON, HOME, str(folder)) if secret in words or secret in joined]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_says_what_it_is_and_for_whom(form: Form):
    assert re.fullmatch(r"[a-z_]+", form.name)
    assert form.nl
    assert form.en
    assert form.reader_nl
    assert form.reader_en


def test_no_two_forms_have_one_name():
    assert len({form.name for form in FORMS}) == len(FORMS)


class Written(NamedTuple):
    """A form as it was written: the folder, the files that it named, and when it was finished."""

    folder: Path
    told: set[str]
    finished: float


@pytest.fixture
def lang() -> str:
    """Return the language of a form: Dutch, where a test does not ask for both."""
    return "nl"


@pytest.fixture
def written(form: Form, lang: str, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return a form of the hamlet, written once for all tests that look at it."""

    def write_one(folder: Path) -> Written:
        files = write_form(form, plan_for(form, hamlet_plan.plan()), folder, lang=lang)
        return Written(folder, {path.relative_to(folder).as_posix() for path in files}, time.time())

    return shared(f"form-{lang}-{form.name}", write_one, tmp_path_factory.mktemp("form"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_writes_what_it_says_and_nothing_else(form: Form, written: Written):
    viewer = for_whom(form)
    found = {path.relative_to(written.folder).as_posix() for path in written.folder.rglob("*") if path.is_file()}
    assert written.told == found
    assert {Path(name).suffix for name in found} <= ENDS[form.format]
    inside = [f"{viewer.folder}/{name}" for name in found]
    assert all(sum(fnmatch(name, one) for other in FORMS for one in other.patterns) == 1 for name in inside)
    assert all(Output(form, viewer).writes(name) for name in inside)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_keeps_to_its_language(lang: str, written: Written):
    given = data_words(typed()) if lang == "en" else frozenset()
    found = {name: strays(written.folder / name, lang, given) for name in sorted(written.told)}
    assert {name: words for name, words in found.items() if words} == {}


def typed() -> list[str]:
    """Return what the people of the hamlet wrote, which stays as it is: names, reasons, rules, units, and names of kinds."""
    settings = hamlet_plan.plan().settings
    own = [*(fund.rule or "" for fund in settings.funds), *(kind.nl for kind in settings.kinds.values()), "keer"]
    return own + [
        text
        for content in contents(hamlet_plan.plan())
        for name, column in content.schema.columns.items()
        if column.kind == "text" and not column.codes and not name.endswith(("_nl", "_en"))
        for text in content.frame[name].dropna().unique()
        if isinstance(text, str)
    ]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_written_twice_the_same_bytes(form: Form, written: Written, tmp_path: Path):
    time.sleep(max(0.0, written.finished + 1.1 - time.time()))  # a clock inside would show
    second = write_form(form, plan_for(form, hamlet_plan.plan()), tmp_path, lang="nl")
    assert {path.relative_to(tmp_path).as_posix() for path in second} == written.told
    for name in written.told:
        assert (tmp_path / name).read_bytes() == (written.folder / name).read_bytes(), name


@pytest.mark.parametrize("form", [form for form in FORMS if "public" in form.circles], ids=lambda form: form.name)
def test_a_public_form_holds_no_personal_data_and_no_folder_of_this_machine(form: Form, tmp_path: Path):
    for path in write_form(form, seen_by(telling()), tmp_path):
        assert not found_in(path, tmp_path), path.name


def test_at_least_the_documents_of_council_and_quarter_are_public():
    assert {"city_pdf", "area_pdf"} <= {form.name for form in FORMS if "public" in form.circles}


DIGITS = st.text("0123456789", min_size=8, max_size=8)
ADDRESSES = st.from_regex(r"[a-z]{1,8}[.+_-]?[a-z0-9]{1,8}@[a-z]{2,8}\.(nl|com|org)", fullmatch=True)


TYPINGS = st.tuples(ADDRESSES, DIGITS, st.sampled_from(["", "-", " "]), st.sampled_from(["Mail ", "(", ""]))
OTHER_WORDS = st.text("abcdefgh ,.0123456789€-", max_size=30).filter(
    lambda text: not re.search(r"\d{4}|(?:\d\D{0,3}){8}", text)
)


def shown(texts: list[str]) -> list[str]:
    """Return what everyone sees of wishes with these texts; one plan holds them all, for a plan is dear to make."""
    plan = hamlet_plan.plan()
    first = plan.context.wishes.iloc[[0] * len(texts)].reset_index(drop=True)
    wishes = first.assign(wish=[f"wens {at}" for at in range(len(texts))], text=texts)
    return seen_by(replace(plan, context=replace(plan.context, wishes=wishes))).context.wishes["text"].tolist()


@settings(max_examples=4, deadline=None)
@given(st.lists(TYPINGS, min_size=8, max_size=20))
def test_addresses_and_numbers_are_found_however_they_are_written(typings: list[tuple[str, str, str, str]]):
    texts = [f"Bel mij: {before}{address}, 06{gap}{digits}" for address, digits, gap, before in typings]
    for (address, digits, _, _), text in zip(typings, shown(texts), strict=True):
        assert address not in text
        assert digits not in re.sub(r"\D", "", text)


@settings(max_examples=4, deadline=None)
@given(st.lists(OTHER_WORDS, min_size=8, max_size=20))
def test_other_words_stay_as_they_are(texts: list[str]):
    assert shown(texts) == texts


def test_a_plan_for_everyone_is_made_of_copies():
    plan = telling()
    before = plan.context.wishes["text"].tolist()
    seen_by(plan)
    assert plan.context.wishes["text"].tolist() == before
    assert hamlet.context().wishes["text"].tolist() != before


POISON = " 🌳树\x01\x92\0\ue000\u202e\uffffe\u0330 [/x] =1+1 </script> & <b> \" ' \\ #$@ "


TYPED = ("name", "text", "told")
"""Labels of columns in which people may have typed anything."""
FILED = {f"context.{table}" for table in ("works", "sections", "assets", "wishes", "areas")}
"""Tables of which the keys come out of files as well."""


def with_words(more: str) -> Plan:
    """Return the plan of the hamlet with `more` behind every text out of files: names, reasons, keys and all that points at them."""
    plan = hamlet_plan.plan()
    ours = set(re.findall(r"[\w.]+", str(plan.settings.model_dump())))
    words = {
        text: text + more
        for content in contents(plan)
        for name, column in content.schema.columns.items()
        if column.dtype == TEXT and (column.seen in TYPED or name.endswith("name") or column.refers in FILED)
        for text in content.frame[name].dropna().unique()
        if text not in ours
    }
    rooms = {
        room: replace(product, **{name: _told(getattr(product, name), words) for name in product.TABLES})
        for room, product in products(plan).items()
    }
    return replace(plan, **rooms)


def _told(frame: pd.DataFrame, words: dict[str, str]) -> pd.DataFrame:
    """Return a table with other words."""
    return frame.assign(
        **{
            name: frame[name].map(words).astype(TEXT).fillna(frame[name])
            for name in frame.columns
            if frame[name].dtype == TEXT
        }
    )


class Everything(NamedTuple):
    """Every form for every circle: the folder, the files that were named, and those that stood there at once."""

    folder: Path
    files: list[Path]
    found: set[Path]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    """Return everything that is written of a city in which people typed whatever they liked."""

    def write_all(folder: Path) -> Everything:
        files = write(telling(with_words(POISON)), folder)
        return Everything(folder, files, {path for path in folder.rglob("*") if path.is_file()})

    return shared("everything", write_all, tmp_path_factory.mktemp("everything"))


def test_writing_everything_hands_each_circle_the_plan_that_it_may_see(everything: Everything):
    folder, files, found = everything
    assert found == set(files)
    assert {path.relative_to(folder).parts[0] for path in files} == {"intern", "openbaar", "partijen"}
    assert all(path.stem.endswith(("-intern", "-openbaar")) or "-partij-" in path.stem for path in files)
    outputs = outputs_of(telling())
    names = [path.relative_to(folder).as_posix() for path in files]
    assert all(sum(output.writes(name) for output in outputs) == 1 for name in names)


def test_no_personal_data_and_no_folder_of_this_machine_leaves_the_house(everything: Everything):
    folder, files, _ = everything
    outside = [path for path in files if not path.is_relative_to(folder / "intern")]
    assert outside
    for path in outside:
        assert not found_in(path, folder), path.name


def test_whatever_the_texts_of_a_city_every_form_is_written_and_can_be_read(everything: Everything):
    files = everything.files
    assert {path.suffix for path in files} == {".html", ".gpkg", ".xlsx", ".pdf", ".json", ".docx", ".csv", ".geojson"}
    for path in files:
        if path.suffix == ".xlsx":
            assert len(openpyxl.load_workbook(path).sheetnames) > 1
        elif path.suffix == ".gpkg":
            layers = [name for name, _ in pyogrio.list_layers(path)]
            assert all(len(pyogrio.read_dataframe(path, layer=name)) for name in layers)
        elif path.suffix == ".json":
            assert json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".docx":
            assert docx.Document(str(path)).paragraphs
        elif path.suffix == ".pdf":
            assert all(pages_of(path))
