"""Effects per 100 m, per 100 m2 or per piece become effects per unit of the kind."""

import pandas as pd
import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Ambition, Figure
from koppelkans.vision.effects import counted, effects_of, with_given
from koppelkans.vision.product import EFFECTS

KINDS = hamlet.settings().kinds


def heat(**effects: Figure) -> list[Ambition]:
    return [Ambition(ambition="heat", nl="hitte", en="heat", effects=effects)]


def test_an_effect_is_brought_to_one_metre_one_square_metre_or_one_piece():
    made = effects_of(
        heat(
            sewer_gravity=Figure(value=0.2, unit="need per 100 m"),
            paving=Figure(value=0.1, unit="need per 100 m2"),
            tree=Figure(value=0.05, unit="need per piece"),
            gas_low=Figure(value=0.3, unit="need per m"),
        ),
        KINDS,
    ).set_index("kind")["need_per_unit"]
    assert made.to_dict() == pytest.approx({"sewer_gravity": 0.002, "paving": 0.001, "tree": 0.05, "gas_low": 0.3})


def test_a_bare_number_is_per_100_m_per_100_m2_or_per_piece():
    made = effects_of(heat(paving=Figure(value=0.1, unit=""), tree=Figure(value=0.1, unit="")), KINDS)
    assert made["need_per_unit"].tolist() == pytest.approx([0.001, 0.1])


def test_every_wrong_effect_is_told_with_its_key():
    wrong = heat(
        paving=Figure(value=0.1, unit="need per 100 m"),
        tree=Figure(value=-0.1, unit="need per piece"),
        palace=Figure(value=0.1, unit="need per piece"),
    )
    with pytest.raises(SettingError) as told:
        effects_of(wrong, KINDS)
    keys = {str(fault.column).rpartition(".")[2] for fault in told.value.faults}
    assert keys == {"paving", "tree", "palace"}


def test_a_figure_is_kept_as_it_was_given_with_its_range():
    figure = Figure(value=0.2, low=0.1, high=0.4, unit="need per 100 m", source="proef", basis="measured")
    (row,) = effects_of(heat(sewer_gravity=figure), KINDS).to_dict("records")
    assert [row[name] for name in ("effect", "per", "unit", "low", "high")] == [0.2, 100.0, "m", 0.1, 0.4]
    assert [row[name] for name in ("need_per_unit", "source", "basis")] == [pytest.approx(0.002), "proef", "measured"]


def test_no_effect_is_known_and_nothing_given_is_unknown():
    ambitions = heat(tree=Figure(value=0.1, unit=""), gas_low=Figure(value=0.0, unit=""))
    made = counted(effects_of(ambitions, KINDS), ambitions, KINDS)
    assert made.to_numpy().tolist() == [[2, len(KINDS) - 2]]


def test_no_effects_give_an_empty_table_with_its_columns():
    assert effects_of(heat(), KINDS).columns.tolist() == list(EFFECTS.columns)
    assert counted(effects_of(heat(), KINDS), heat(), KINDS)["kinds_unknown"].tolist() == [len(KINDS)]


def given(*rows: tuple[str, float, str]) -> pd.DataFrame:
    """Return a table of effects on heat: kind, effect and source."""
    made = pd.DataFrame(rows, columns=["kind", "effect", "source"]).assign(ambition="heat", unit=None, basis="measured")
    return made.assign(low=[0.01, *[None] * (len(rows) - 1)], high=None)


def test_a_table_of_the_city_lies_over_the_settings_and_a_later_one_over_an_earlier():
    ambitions = heat(tree=Figure(value=0.1, unit="need per piece"), gas_low=Figure(value=0, unit=""))
    tables = [given(("tree", 0.2, "proef A"), ("paving", 0.3, "proef B")), given(("paving", 0.4, "proef C"))]
    (made,) = with_given(ambitions, tables)
    found = {kind: (figure.value, figure.source) for kind, figure in made.effects.items()}
    assert found == {"tree": (0.2, "proef A"), "gas_low": (0, "koppelkans.toml"), "paving": (0.4, "proef C")}
    assert (made.effects["tree"].low, made.effects["tree"].high, made.effects["tree"].basis) == (0.01, None, "measured")
    assert ambitions[0].effects["tree"].value == 0.1
