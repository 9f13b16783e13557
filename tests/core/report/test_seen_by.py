"""What everyone may see: a party decides what is shown of its plans, and no personal data stays."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.context.product import UNDERSTOOD
from koppelkans.ground.tables import shape
from koppelkans.report.circle import Viewer
from koppelkans.report.contents import contents
from koppelkans.report.hidden_names import HiddenNames, hidden_names
from koppelkans.report.neutral import in_neutral_words
from koppelkans.report.personal import HIDDEN
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import NOT_SHOWN, klic_sources, seen_by
from koppelkans.report.table import tables

ALL = ("section", "window", "kind", "certainty", "cost", "name")


def sharing(*shares: str) -> Plan:
    """Return the plan for everyone of the hamlet in which the gas operator shares these fields."""
    parties = [
        {"party": "gas", "name": "Netbeheerder", "shares": list(shares)},
        {"party": "water", "name": "Waterbedrijf", "shares": list(ALL)},
    ]
    return seen_by(replace(hamlet_plan.plan(), settings=hamlet.settings(parties=parties)))


def test_a_party_that_shares_all_is_shown_whole():
    shown = sharing("section", "window", "kind", "certainty", "cost", "name")
    gas = shown.context.works.set_index("work").loc["w-gas"]
    assert gas[["name", "cost_eur"]].tolist() == ["Gas Dorpsstraat", 17_000]
    assert NOT_SHOWN not in shown.programme.value


def test_a_name_that_is_not_shared_becomes_kind_and_street_also_in_sentences():
    shown = sharing("section", "window", "kind", "cost")
    assert shown.context.works.set_index("work").loc["w-gas", "name"] == "Gasleiding (lage druk) Dorpsstraat"
    why = shown.programme.plan.set_index("work")["why_nl"]
    assert why["w-gas"] == "In 2030 samen met anderen (Gasleiding (lage druk) Dorpsstraat)."
    assert why["w-sewer"] == "In 2030 samen met anderen (Riool Dorpsstraat)."


def test_a_cost_that_is_not_shared_is_unknown_wherever_it_stands():
    shown = sharing("section", "window", "kind", "name")
    for table in (
        shown.context.works["cost_eur"],
        shown.programme.plan["cost_eur"],
        shown.programme.payments["amount_eur"],
        shown.appraisal.worths["apart_eur"],
        shown.areas.agenda["cost_eur"],
    ):
        assert 17_000 not in table.dropna().tolist()
    assert shown.context.works.set_index("work").loc["w-gas", "cost_basis"] == "unknown"
    assert shown.context.works.set_index("work").loc["w-sewer", "cost_eur"] == 80_000


def test_a_cost_that_is_not_shared_cannot_be_taken_from_a_sum():
    shown, whole = sharing("section", "window", "kind", "name"), hamlet_plan.plan()
    assert "own:gas" not in shown.programme.money["fund"].tolist()
    assert "own:water" in shown.programme.money["fund"].tolist()
    assert "gas" not in shown.areas.holders["holder"].tolist()
    costs = [plan.areas.summary.set_index("area").loc["West", "investment_eur"] for plan in (whole, shown)]
    assert costs == [208_000, 208_000 - 17_000]
    years = whole.systems.years.assign(kind="gas_low", system="cables_and_pipes").drop_duplicates("year")
    summed = replace(whole, systems=replace(whole.systems, years=years.assign(cost_eur=20_000)))
    left = seen_by(summed).systems.years.set_index("year")["cost_eur"]
    assert left.loc[2029:2031].tolist() == [20_000, 3_000, 20_000]


@pytest.mark.parametrize("missing", ["section", "window", "kind"])
def test_a_work_without_place_window_or_kind_to_show_is_left_out_everywhere_and_counted(missing: str):
    shown = sharing(*({"section", "window", "kind", "cost", "name"} - {missing}))
    for room, table in (("context", "works"), ("context", "touches"), ("programme", "plan"), ("areas", "agenda")):
        assert "w-gas" not in getattr(getattr(shown, room), table)["work"].tolist()
    assert "f-1" not in shown.opportunities.finds["find"].tolist()
    assert "f-2" in shown.opportunities.finds["find"].tolist()
    assert shown.alignment.matches["match"].tolist() == ["m-2"]
    assert shown.alignment.calls.empty  # whom to phone is for those who plan
    assert shown.programme.value[NOT_SHOWN] == 1


def test_a_wish_that_rode_along_with_a_hidden_work_keeps_an_answer_without_it():
    plan = replace(hamlet_plan.plan(), settings=hamlet.settings(parties=[{"party": "gas", "shares": []}]))
    answers = plan.areas.answers.assign(work=pd.Series(["w-gas + w-sewer", None], dtype="str"), answer=["yes", "no"])
    areas = seen_by(replace(plan, areas=replace(plan.areas, answers=answers))).areas
    shown = areas.answers
    assert shown["answer"].tolist() == ["to_be_judged", "no"]
    assert areas.wish_counts[["yes", "to_be_judged", "no"]].sum().tolist() == [0, 1, 1]
    assert shown["work"].isna().all()
    assert shown["why_nl"].iloc[0] == "Een andere partij wil hier werken."


def test_the_city_itself_is_always_shown():
    parties = [{"party": "gemeente", "shares": []}]
    shown = seen_by(replace(hamlet_plan.plan(), settings=hamlet.settings(parties=parties)))
    assert {"w-sewer", "w-paving"} <= set(shown.context.works["work"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bel 06-12345678 graag", f"Bel {HIDDEN} graag"),
        ("mail jan.de.boer+straat@gemeente.example.nl!", f"mail {HIDDEN}!"),
        ("+31 6 1234 5678", HIDDEN),
        ("(010) 123 45 67", f"({HIDDEN}"),
        ("NL91 ABNA 0417 1643 00", HIDDEN),
        ("Dorpsstraat 12, 2030, € 1.234.567", "Dorpsstraat 12, 2030, € 1.234.567"),
    ],
)
def test_personal_data_in_free_text_is_hidden(typed: str, shown: str):
    plan = hamlet_plan.plan()
    wishes = plan.context.wishes.assign(text=typed)
    assert seen_by(replace(plan, context=replace(plan.context, wishes=wishes))).context.wishes["text"].iloc[0] == shown


def test_the_trace_tells_no_folder_of_who_ran_it():
    trace = seen_by(hamlet_plan.plan()).programme.trace
    assert trace.city_folder == ""
    assert [mark.path for mark in trace.sources] == ["riool.gpkg"]


def test_what_another_year_costs_is_unknown_where_the_cost_is_not_shared():
    years = sharing("section", "window", "kind", "name").programme.other_years.set_index(["work", "year"])
    assert years.loc["w-gas", "extra_eur"].isna().all()
    assert years.loc[("w-sewer", 2029), "extra_eur"] == 42_500


def test_a_year_that_a_hidden_work_forbids_does_not_name_that_work():
    plan = hamlet_plan.plan()
    years = plan.programme.other_years.assign(about="w-gas", about_name="Gas Dorpsstraat")
    plan = replace(plan, programme=replace(plan.programme, other_years=years))
    for shares in ([], ["section", "window", "kind"]):
        settings = hamlet.settings(parties=[{"party": "gas", "shares": shares}])
        shown = seen_by(replace(plan, settings=settings)).programme.other_years
        sewer = shown.set_index(["work", "year"]).loc[("w-sewer", 2028), "about_name"]
        assert sewer != "Gas Dorpsstraat"


def test_a_tie_with_a_hidden_or_nameless_work_does_not_name_it():
    plan = hamlet_plan.plan()
    tied = {"blocked_by": "together", "about": "w-sewer + w-gas", "about_name": "Riool + Gas Dorpsstraat"}
    plan = replace(plan, programme=replace(plan.programme, other_years=plan.programme.other_years.assign(**tied)))
    for shares in ([], ["section", "window", "kind"]):
        settings = hamlet.settings(parties=[{"party": "gas", "shares": shares}])
        shown = seen_by(replace(plan, settings=settings)).programme.other_years
        assert not shown["about_name"].astype("str").str.contains("Gas Dorpsstraat").any()


def test_a_promise_of_a_hidden_work_and_the_price_of_a_hidden_cost_are_not_shown():
    assert set(sharing().programme.promises["work"]) == {"w-water-3"}
    promises = sharing("section", "window", "kind", "name").programme.promises.set_index("work")
    assert pd.isna(promises.loc["w-gas", "move_eur"])
    assert promises.loc["w-gas", "year"] == 2030


@pytest.mark.parametrize("shares", [("section", "window", "kind", "cost"), ("section", "window"), ()])
def test_a_hidden_name_stands_in_no_table_also_not_as_a_partner_of_another_work(shares: tuple[str, ...]):
    plan = hamlet_plan.plan()
    rows = plan.programme.plan
    together = {
        "why_nl": "Dat jaar gaat de straat één keer open, samen met Gas Dorpsstraat en Klinkers Dorpsstraat.",
        "why_en": "That year the street opens once, together with Gas Dorpsstraat and Klinkers Dorpsstraat.",
    }
    hit = rows["work"] == "w-paving"
    told = rows.assign(**{name: rows[name].mask(hit, text) for name, text in together.items()})
    parties = [
        {"party": "gas", "name": "Netbeheerder", "shares": list(shares)},
        {"party": "water", "name": "Waterbedrijf", "shares": list(ALL)},
    ]
    plan = replace(plan, programme=replace(plan.programme, plan=told), settings=hamlet.settings(parties=parties))
    shown = seen_by(plan)
    leaks = [
        f"{content.room}.{content.name}.{column}"
        for content in contents(shown)
        for column in content.frame.columns
        if column != "geometry" and content.frame[column].astype(str).str.contains("Gas Dorpsstraat", regex=False).any()
    ]
    assert leaks == []
    why = shown.programme.plan.set_index("work").loc["w-paving", "why_nl"]
    partner = "Gasleiding (lage druk) Dorpsstraat" if "kind" in shares else "een ander werk"
    assert why == f"Dat jaar gaat de straat één keer open, samen met {partner} en Klinkers Dorpsstraat."


def test_a_hidden_work_takes_its_bundle_and_the_city_out_of_cases_and_financing():
    shown = sharing()
    for room in (shown.business, shown.financing):
        frames = [getattr(room, name) for name in room.TABLES]
        assert not any({"b-1", "city"} & set(frame["case"].dropna()) for frame in frames if "case" in frame)
    assert shown.financing.coverage["work"].tolist() == ["w-water-3"]
    assert set(shown.financing.purses["fund"]) == {"own:water", "rioolheffing", "wegen"}
    assert shown.financing.advances.empty


def test_where_nothing_is_hidden_every_table_is_shown():
    plan = hamlet_plan.plan()
    shown = sharing("section", "window", "kind", "certainty", "cost", "name")
    # What others than the municipality have in the ground is for those inside, whatever plans they share.
    others = set(plan.context.assets.loc[plan.context.assets["owner"] != "gemeente", "asset"])
    assert others
    for before, after in zip(contents(plan), contents(shown), strict=True):
        key = before.schema.key[0] if before.schema.key else ""
        held = [name for name, column in before.schema.columns.items() if column.refers == "context.assets"]
        held += [key] if before.schema.name == "assets" else []
        gone = int(before.frame[held].isin(others).any(axis=1).sum()) if held else 0
        gone += int((before.frame["owner"] != "gemeente").sum()) if before.schema.name == "stock" else 0
        gone += len(before.frame) if before.schema.name == "calls" else 0
        assert len(before.frame) - gone == len(after.frame), before.name


def test_what_a_party_has_in_the_ground_is_seen_by_itself_and_by_those_inside():
    parties = [{"party": "gas", "name": "Netbeheerder"}, {"party": "gemeente", "name": "Dorp", "kind": "gemeente"}]
    plan = replace(hamlet_plan.plan(), settings=hamlet.settings(parties=parties))
    for viewer, seen in (
        (Viewer("public"), {"gemeente"}),
        (Viewer("party", "gas"), {"gemeente", "gas"}),
        (Viewer("party", "water"), {"gemeente", "water"}),
        (Viewer("inside"), {"gemeente", "gas", "water"}),
    ):
        assert set(seen_by(plan, viewer).context.assets["owner"]) == seen


def test_an_answer_of_klic_is_for_those_inside_whoever_brought_it_in():
    plan = hamlet_plan.plan()
    rows = {
        "source": ["riool"],
        "licence": ["KLIC: niet verder verspreiden"],
        "rows": 2,
        "read": 2,
        "set_aside": 0,
        "left_out": 0,
    }
    read = shape(pd.DataFrame(rows | {"role": "assets", "where": "klic.zip"}), UNDERSTOOD)
    plan = replace(plan, context=replace(plan.context, understood=read))
    assets = plan.context.assets.set_index("asset")["source"]
    assert (assets == "riool").any()
    shown = seen_by(plan)
    assert set(shown.context.assets["source"]) == set(assets[["a-light-4"]])
    assert shown.context.works.set_index("work").loc["w-sewer", "why_nl"] == "Het is aan vervanging toe."
    assert klic_sources(hamlet_plan.plan()) == set()


def test_who_it_was_promised_to_and_what_was_wrong_in_a_file_are_for_those_inside():
    labelled = {f"{table}.{name}" for table, schema in tables().items() for name, column in schema.columns.items() if column.seen == "person"}  # fmt: skip
    assert labelled == {"programme.promises.made_to", "context.set_aside.found"}


def test_a_work_that_was_derived_from_what_an_undeclared_party_has_in_the_ground_is_not_shown():
    plan = replace(hamlet_plan.plan(), settings=hamlet.settings(parties=[{"party": "gas", "name": "Netbeheerder"}]))
    derived = plan.context.works[plan.context.works["origin"] == "derived"]
    theirs, own = (set(derived.loc[derived["owner"] == owner, "work"]) for owner in ("water", "gemeente"))
    assert theirs
    assert own
    shown = set(seen_by(plan).context.works["work"])
    assert not theirs & shown
    assert own <= shown


def test_a_name_in_a_sentence_goes_only_where_it_stands_as_a_whole_and_names_that_all_know_stay():
    names = HiddenNames({}, {"Gas": "een ander werk", "Gas (fase 2)": "een werk"}, frozenset({"Eigen geld"}))
    assert names.without("Samen met Gas en Gas (fase 2).") == "Samen met een ander werk en een werk."
    assert names.without("Gasleiding in de straat") == "Gasleiding in de straat"
    assert names.without("Eigen geld heeft 5") is None
    assert (
        names.without("Gepland in 2030. In 2029 heeft Eigen geld te weinig. Samen met Gas.")
        == "Gepland in 2030. Samen met een ander werk."
    )
    assert replace(names, purse="een ander potje").without("Eigen geld") == "een ander potje"
    plan = hamlet_plan.plan()
    works = plan.context.works
    named = works.assign(name=works["name"].mask(works["work"] == "w-gas", "Dorpsstraat"))
    told = replace(plan, context=replace(plan.context, works=named))
    assert hidden_names(told, gone={"w-gas"}, nameless={"w-gas"}, purses=set())["nl"].instead == {}


def test_of_a_work_of_others_is_told_whose_plan_it_is_or_that_it_is_due():
    plan = hamlet_plan.plan()
    told = in_neutral_words(plan, theirs={"w-gas", "w-water-1"}, costly=(), seen={"gemeente"}).context.works
    before, after = (works.set_index("work")["why_nl"] for works in (plan.context.works, told))
    assert after["w-gas"] == "Plan van Netbeheerder."
    assert after["w-water-1"] == "Het is aan vervanging toe."
    assert before.drop(["w-gas", "w-water-1"]).equals(after.drop(["w-gas", "w-water-1"]))


def test_what_is_worked_out_from_a_hidden_cost_is_hidden_too():
    """Hours of a crew follow from the cost of a work, and with them a score, the ends of its scale and a sum per year."""
    plan = hamlet_plan.plan()
    crew = plan.programme.load["crew"].iloc[0]
    efforts = pd.DataFrame({"work": ["w-gas", "w-sewer"], "crew": crew, "hours": [17.0, 80.0]})
    year = int(plan.programme.plan.set_index("work")["year"]["w-gas"])
    load = plan.programme.load.assign(used_h=97.0)
    asked = replace(plan.programme.problem, efforts=shape(efforts, plan.programme.problem.TABLES["efforts"]))
    programme = replace(plan.programme, load=load, problem=asked)
    shares = {"gas": ["section", "window", "kind", "name"], "water": ALL}
    parties = [{"party": party, "name": party.title(), "shares": fields} for party, fields in shares.items()]
    plan = replace(plan, programme=programme, settings=hamlet.settings(parties=parties))
    shown = seen_by(plan)
    left = shown.programme.load.set_index(["crew", "year"])["used_h"]
    assert left[crew, year] == 80.0
    assert (left.drop((crew, year)) == 97.0).all()
    scores = shown.weighing.scores
    assert scores.loc[scores["work"] == "w-gas", ["measure", "score", "contribution"]].isna().all(axis=None)
    assert scores.loc[scores["work"] == "w-sewer", "measure"].notna().any()
    assert shown.weighing.criteria[["low", "high"]].isna().all(axis=None)
    weighed = ["risk_eur", "weighted_cost_eur", "weighted_least_eur", "value_eur", "bound_eur"]
    assert shown.programme.scenarios[weighed].isna().all(axis=None)
    bare = replace(plan, programme=replace(programme, load=load.assign(used_h=17.0 * (load["year"] == year))))
    assert crew not in set(seen_by(bare).programme.load["crew"]), "no hours are told of where all are hidden"
    own = seen_by(plan, Viewer("party", "gas"))
    assert own.programme.load.set_index(["crew", "year"])["used_h"][crew, year] == 97.0


def test_scenarios_count_the_works_that_are_seen_and_tell_no_streets_where_a_work_is_hidden():
    plan = hamlet_plan.plan()
    parties = [{"party": "gas", "name": "Gas", "shares": []}, {"party": "water", "name": "Water", "shares": ALL}]
    shown = seen_by(replace(plan, settings=hamlet.settings(parties=parties))).programme
    done = shown.scenario_plan.groupby("scenario").size()
    assert shown.scenarios.set_index("scenario")["done"].to_dict() == done.to_dict()
    whole = plan.programme.scenarios
    assert (shown.scenarios["done"] + shown.scenarios["undone"] == whole["done"] + whole["undone"] - 1).all()
    assert shown.scenarios[["spent_eur", "openings", "nuisance_eur"]].isna().all(axis=None)
    assert shown.scenario_years.empty
    assert shown.scenario_parts.empty


def test_a_hidden_work_that_was_never_put_to_the_search_is_not_taken_off_what_is_left_undone():
    plan = hamlet_plan.plan()
    planned, parties = plan.programme.plan, [{"party": "gas", "name": "Gas", "shares": []}, {"party": "water", "name": "Water", "shares": ALL}]  # fmt: skip
    outside = planned["outside"].astype("object").mask(planned["work"] == "w-gas", "outside every street")
    tried = plan.programme.scenario_plan
    programme = replace(
        plan.programme, plan=planned.assign(outside=outside), scenario_plan=tried[tried["work"] != "w-gas"]
    )
    shown = seen_by(replace(plan, programme=programme, settings=hamlet.settings(parties=parties))).programme
    assert shown.scenarios["undone"].tolist() == plan.programme.scenarios["undone"].tolist()
    assert shown.scenarios["done"].tolist() == plan.programme.scenarios["done"].tolist()
