"""A web can be of the city, an area, a bundle or a project, and each counts its own sections and works."""

import pytest

import hamlet
import hamlet_plan
from koppelkans.area.scopes import Scopes, scopes_of
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import WebDecision

PLAN = hamlet_plan.plan()


def scopes(*decisions: WebDecision) -> Scopes:
    """Return the scopes of the hamlet."""
    context = hamlet.context()
    areas = context.areas[["area", "name"]].sort_values("area", ignore_index=True)
    homes = context.sections[["section", "area"]]
    agenda = PLAN.areas.agenda
    chosen = decisions or tuple(hamlet.settings().vision.webs)
    return scopes_of(context, plan=PLAN.programme.plan, agenda=agenda, areas=areas, homes=homes, decisions=chosen)


def decision(**own: object) -> WebDecision:
    """Return a decision."""
    return WebDecision(
        **({"phase": "initiative", "decided_on": "2026-01-01", "decided_by": "raad", "levels": {}} | own)
    )


def test_the_city_counts_all_sections_and_every_work_with_a_year():
    made = scopes()
    assert made.sections.query("of == 'city'")["section"].tolist() == ["S1", "S2", "S3", "S4"]
    assert sorted(made.works.query("of == 'city'")["work"]) == [
        "w-gas",
        "w-paving",
        "w-sewer",
        "w-water-1",
        "w-water-3",
    ]


def test_a_bundle_counts_its_own_works_and_sections_and_takes_the_web_of_its_project():
    made = scopes()
    assert sorted(made.works.query("of == 'bundle'")["work"]) == ["w-gas", "w-paving", "w-sewer", "w-water-1"]
    assert sorted(made.sections.query("of == 'bundle'")["section"]) == ["S1", "S2"]
    bundle = made.names.query("of == 'bundle'").iloc[0]
    assert bundle[["name", "decided_of", "decided_place"]].tolist() == ["Dorpsstraat", "project", "Dorpsstraat"]


def test_a_project_counts_the_need_of_all_its_works_but_only_works_with_a_year_reach_something():
    made = scopes(decision(of="project", place="Kerk", works=["w-water-3", "w-paving-4"]))
    assert made.works.query("of == 'project'")["work"].tolist() == ["w-water-3"]
    assert sorted(made.sections.query("of == 'project'")["section"]) == ["S3", "S4"]


@pytest.mark.parametrize(
    ("own", "place", "nearest"),
    [
        ({"of": "project", "place": "x", "works": ["w-sewr"]}, "vision.webs.0.works", "`w-sewer`"),
        ({"of": "area", "place": "Wst"}, "vision.webs.0.place", "`West`"),
    ],
)
def test_a_work_or_area_that_does_not_exist_is_told_with_the_nearest(own: dict[str, object], place: str, nearest: str):
    with pytest.raises(SettingError) as told:
        scopes(decision(**own))
    (fault,) = told.value.faults
    assert fault.column == place
    assert nearest in fault.wanted


def test_an_area_may_be_called_by_its_name():
    assert len(scopes(decision(of="area", place="Oost")).names.query("of == 'area'")) == 2
