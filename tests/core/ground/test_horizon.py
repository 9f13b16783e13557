from koppelkans.ground.horizon import Horizon


def test_both_ends_of_a_horizon_count():
    assert len(Horizon(2027, 2041)) == 15
    assert Horizon(2027, 2029).years.tolist() == [2027, 2028, 2029]
    assert len(Horizon(2027, 2027)) == 1
