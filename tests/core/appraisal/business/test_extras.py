"""Extra ambitions: so much per 100 m of every street that a case opens, by hand."""

import pandas as pd

import hamlet
from koppelkans.appraisal.business.extras import extra_works
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.business import Extra

OPENED = pd.DataFrame({"case": ["b-1", "b-1", "w-9"], "section": ["S1", "S2", "S3"], "length_m": [100.0, 50.0, 80.0]})
TREES = Extra(kind="tree", per_100m=Figure(value=4.0, unit="piece/100 m"))
SETTINGS = hamlet.settings()


def made(*extras: Extra) -> tuple[pd.DataFrame, pd.DataFrame]:
    return extra_works(
        OPENED, extras, kinds=SETTINGS.kinds, figures=SETTINGS.appraisal.figures, owner="gemeente", price_year=2026
    )


def test_trees_stand_along_every_metre_and_cost_their_price():
    works, places = made(TREES)
    assert works.set_index("work")["quantity"].to_dict() == {"b-1+tree": 6.0, "w-9+tree": 3.2}
    assert works.set_index("work")["cost_eur"].to_dict() == {"b-1+tree": 10_800, "w-9+tree": 5_760}
    assert not works[["digs", "resurfaces"]].any(axis=None)
    assert places["section"].tolist() == ["S1", "S2", "S3"]


def test_a_kind_without_a_price_has_an_unknown_cost():
    works, _ = made(Extra(kind="bridge", per_100m=Figure(value=1.0, unit="piece/100 m")))
    assert works["cost_eur"].isna().all()
    assert works["cost_basis"].eq("unknown").all()


def test_without_extras_there_are_none():
    works, places = made()
    assert works.empty
    assert places.empty
