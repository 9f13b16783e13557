import hamlet_plan
from koppelkans.report.public_cases import without_cases


def test_where_nothing_is_hidden_everything_is_shown():
    plan = hamlet_plan.plan()
    assert without_cases(plan, set()) is plan


def test_a_hidden_work_takes_its_bundle_and_the_city_out_of_cases_and_financing():
    shown = without_cases(hamlet_plan.plan(), {"w-gas"})
    for room in (shown.business, shown.financing):
        tables = [getattr(room, name) for name in room.TABLES]
        assert not any({"b-1", "city"} & set(table["case"]) for table in tables if "case" in table)
    assert shown.financing.coverage["work"].tolist() == ["w-water-3"]


def test_sums_in_which_a_hidden_work_is_counted_are_gone():
    shown = without_cases(hamlet_plan.plan(), {"w-gas"})
    assert shown.financing.purses.empty
    assert shown.financing.charges.empty
    assert shown.financing.advances.empty
