"""The debrief of a rehearsal on a desk: its script's own comments and the variations that came after them."""

from commands import Home

from connectors._rehearsal.plan import Plan
from connectors._rehearsal.script import Line, read_script

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = {comments}
seed = 3
speed = 0.0
latency = 0.0
"""


def test_variations_of_questions_and_dangers_count_in_the_debrief(home: Home) -> None:
    script = read_script()
    wanted = len(script.lines) + 150
    home.configure(CONFIG.format(comments=wanted))
    keys: list[str] = []
    for _round in range(9):  # a round may end before the last page
        if len(keys) < wanted:
            assert home.run("watch", "--once", "--quiet").code == 0
            keys = [row["key"] for row in home.run("list", "is:any", "--json").objects]
    assert len(keys) == wanted
    (found,) = home.run("debrief", "--json").objects

    plan = Plan(script, seed=3, speed=0.0, comments=wanted, rate=0.0)
    varied = [key for key in keys if key.startswith("show/v3-")]
    asked = {key for key in varied if (told := plan.find(key.partition("/")[2])) and "question" in told[0].part}
    assert len(varied) > 100
    assert asked
    assert asked <= set(found["left"])


def test_a_variation_that_lost_a_sentence_claims_nothing() -> None:
    script = read_script()
    plan = Plan(script, seed=3, speed=0.0, comments=0, rate=0.0)
    drawn = [plan.event(len(script.scenes) + n) for n in range(400)]
    assert any(line.part == "" for line in drawn if isinstance(line, Line))
    assert any(line.part == "question" for line in drawn if isinstance(line, Line))
