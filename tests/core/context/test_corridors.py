import numpy as np
import shapely
from shapely import LineString

from koppelkans.context.arrays import Shapes
from koppelkans.context.streets.sections import corridors


def pipes(lines: list[list[tuple[int, int]]]) -> Shapes:
    return np.array([LineString(line) for line in lines], dtype=object)


def test_pipes_of_one_street_give_one_line_in_their_middle():
    found = corridors(
        pipes([[(0, -4), (200, -4)], [(0, 4), (200, 4)], [(0, 0), (200, 0)]]), np.array(["gas", "water", "sewer"])
    )
    assert len(found) == 1
    assert abs(shapely.get_coordinates(found[0])[:, 1]).max() < 2


def test_house_connections_make_no_streets():
    main = [[(x, 0), (x + 20, 0)] for x in range(0, 200, 20)]
    connections = [[(x, 0), (x, 18)] for x in range(20, 200, 20)]
    found = corridors(pipes(main + connections), np.array(["water"] * 19))
    assert len(found) == 1
    assert abs(shapely.get_coordinates(found[0])[:, 1]).max() < 3


def test_streets_with_houses_between_stay_two():
    found = corridors(pipes([[(0, 0), (200, 0)], [(0, 40), (200, 40)]]), np.array(["gas", "gas"]))
    assert len(found) == 2


def test_loose_short_lines_alone_still_give_a_street():
    assert len(corridors(pipes([[(0, 0), (20, 0)]]), np.array(["gas"]))) == 1


def test_nothing_gives_nothing():
    assert len(corridors(np.empty(0, dtype=object), np.empty(0, dtype=object))) == 0


def test_the_order_and_direction_of_pipes_do_not_matter():
    mains = [[(0, 0), (100, 0)], [(100, 0), (200, 30)], [(100, 0), (100, 150)], [(0, 3), (100, 3)]]
    one = corridors(pipes(mains), np.array(["gas"] * 3 + ["water"]))
    two = corridors(pipes([line[::-1] for line in mains[::-1]]), np.array(["water"] + ["gas"] * 3))
    assert shapely.equals_exact(one, two).all()
