from pathlib import Path

import hamlet_plan
from koppelkans.cli.corridor import _outcome, entering


def test_the_answer_in_one_look_counts_what_the_plan_holds():
    plan = hamlet_plan.plan()
    answer = _outcome(plan, Path("uit"))
    assert answer["works"] == 6
    assert answer["planned"] == 5
    assert answer["bundles"] == len(plan.programme.bundles)
    assert answer["saving_eur"] == 60_000
    assert answer["judge_faults"] == int(plan.programme.verdict["faults"].sum())


def test_each_room_gets_a_command_of_its_own():
    one, other = entering("vision"), entering("context")
    assert one is not other
