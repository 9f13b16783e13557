from koppelkans.ground.errors import Fault, InputError, NoProgrammeError


def test_a_fault_reads_as_one_line_with_its_place():
    fault = Fault("riool.csv", "'acht'", "a year", layer="blad 1", row=7, column="jaar")
    assert str(fault) == "riool.csv [blad 1], row 7, column jaar: found 'acht'; wanted a year"


def test_an_input_error_names_every_fault_at_once():
    faults = [Fault("a.csv", "x", "y"), Fault("b.csv", "p", "q")]
    problem = InputError(faults)
    assert problem.faults == tuple(faults)
    assert str(problem).splitlines() == [str(fault) for fault in faults]


def test_no_programme_names_the_demands_that_clash():
    assert "budget 2028; riool vast in 2028" in str(NoProgrammeError(["budget 2028", "riool vast in 2028"]))
