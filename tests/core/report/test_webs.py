"""Every web of a plan becomes a picture of its own, with the webs before it."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.report.legible import legible
from koppelkans.report.pictures.ambition_web import decided_only, earlier_of, title_of, web_of, webs_of, write_webs

PLAN = hamlet_plan.plan()


def test_every_web_is_drawn_once_and_the_same_each_time(tmp_path: Path):
    webs = webs_of(PLAN.vision, PLAN.areas.web)
    files = write_webs(webs, tmp_path, lang="nl")
    assert [path.name for path in files] == ["stad.svg", "gebied-oost.svg", "gebied-west.svg", "bundel-b-1.svg", "project-dorpsstraat.svg"]  # fmt: skip
    first = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in write_webs(webs, tmp_path, lang="nl")] == first
    for path, web in zip(files, webs, strict=True):
        title = ET.fromstring(path.read_text(encoding="utf-8")).findtext("{http://www.w3.org/2000/svg}title")  # noqa: S314
        assert title == title_of(web, "nl")


def test_two_places_with_one_name_do_not_write_over_each_other(tmp_path: Path):
    webs = webs_of(PLAN.vision, PLAN.areas.web)
    same = [replace(web, name="West") for web in webs if web.of == "area"]
    assert [path.name for path in write_webs(same, tmp_path, lang="en")] == ["gebied-west.svg", "gebied-west-2.svg"]


def test_a_web_is_drawn_whatever_signs_its_names_hold(tmp_path: Path):
    odd = ' \U0001f333\u6811\x01\x92\0\ue000\u202e\uffff <b> & "'
    webs = [
        replace(web, name=web.name + odd + "\ud800", themes=web.themes.assign(name_nl=[f"{name}{odd}" for name in web.themes["name_nl"].astype("object")]))
        for web in webs_of(PLAN.vision, PLAN.areas.web)
    ]  # fmt: skip
    for path, web in zip(write_webs(webs, tmp_path, lang="nl"), webs, strict=True):
        title = ET.fromstring(path.read_text(encoding="utf-8")).findtext("{http://www.w3.org/2000/svg}title")  # noqa: S314
        assert title == legible(title_of(web, "nl"))
        assert web.of not in ("area", "project") or "\N{REPLACEMENT CHARACTER}" in title


def test_the_history_of_a_web_is_what_was_decided_before_the_last():
    city = web_of(PLAN.vision, PLAN.areas.web, of="city", place="")
    assert city is not None
    (before,) = earlier_of(city, "nl")
    assert before.label == "besloten op 2026-02-01 (initiatief)"
    assert list(before.levels) == [1, 1]
    west = web_of(PLAN.vision, PLAN.areas.web, of="area", place="West")
    assert west is not None
    assert earlier_of(west, "nl") == []
    assert web_of(PLAN.vision, PLAN.areas.web, of="area", place="Noord") is None


def test_without_a_run_the_decided_webs_are_drawn_and_what_is_reached_is_unknown():
    made = decided_only(hamlet.vision())
    assert made[["of", "place"]].drop_duplicates().to_numpy().tolist() == [["city", ""], ["area", "West"], ["project", "Dorpsstraat"]]  # fmt: skip
    assert made["reached_level"].isna().all()
    wanted = made.set_index(["of", "theme"])["wanted_level"]
    assert wanted[("area", "heat_stress")] == 2
    assert wanted[("area", "biodiversity")] == 2  # not decided here: as the city
    assert pd.isna(decided_only(hamlet.vision())["reached_level"]).all()
