"""What a desk remembers of a storm: the barometer, the report, the replay."""

import csv
import io
from datetime import UTC, datetime, timedelta

from commands import Home


def ago(minutes: float) -> str:
    """A moment before now, as rows say it."""
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def test_the_barometer_reads_each_post_and_each_hour(home: Home) -> None:
    home.fill(
        *({"post": "quiet", "at": ago(5)} for _ in range(4)),
        *({"post": "storm", "at": ago(125), "text": f"Honte à vous, bande de nuls, {n} !"} for n in range(4)),
    )
    storm, quiet = sorted(home.run("barometer", "--json").objects, key=lambda line: line["comments"])
    assert (storm["exhibition"], storm["level"], storm["comments"]) == ("storm", "calm", 0)
    assert "heated" in storm["trend"]
    assert (quiet["level"], quiet["comments"]) == ("calm", 4)
    by_hour = home.run("barometer", "--hours", "5", "--json").objects
    assert sum(line["comments"] for line in by_hour) == 8
    assert {line["level"] for line in by_hour if line["exhibition"] == "storm"} == {"heated"}
    assert "houleux" in home.run("barometer", "--hours", "5", "--lang", "fr").out


def test_the_barometer_of_a_silent_desk_is_empty(home: Home) -> None:
    home.fill({"at": ago(60 * 24 * 3)})
    answer = home.run("barometer")
    assert (answer.code, answer.out) == (0, "")


def storm(home: Home) -> None:
    """Ten angry comments, a threat and a question, an hour ago; then some of them done."""
    home.env["BECALM_OPERATOR"] = "=lou"
    home.fill(
        *({"post": "film", "at": ago(60 - n), "text": f"Honte à vous, bande de nuls, {n} !"} for n in range(10)),
        {"post": "film", "at": ago(45), "text": "On va vous tuer, on sait où vous habitez", "id": "threat"},
        {"post": "film", "at": ago(44), "text": "Bonjour, à quelle heure fermez-vous dimanche ?", "id": "q"},
        {"post": "quiet", "at": ago(43), "text": "Très belle salle"},
    )
    assert home.run("done", "--query", "risk:heated", "--yes").code == 0


def test_a_report_tells_what_came_how_fast_and_what_was_done(home: Home) -> None:
    storm(home)
    page = home.run("report").out
    assert page.startswith("# Looking back: main\n")
    for words in (
        "13 comments, 13 people, 2 posts",
        "suspected dangers: 1 · looked at: 0",
        "10 comments done",
        "## Timeline",
    ):
        assert words in page
    assert "import:mastodon/threat" in page
    assert "tuer" not in page


def test_an_anonymous_report_names_nobody_and_quotes_nothing(home: Home) -> None:
    storm(home)
    page = home.run("report", "--anonymous", "--lang", "fr").out
    assert "collègue A" in page
    assert "=lou" not in page
    assert "threat" not in page


def test_a_report_of_one_post_leaves_the_others_out(home: Home) -> None:
    storm(home)
    assert "1 comment, 1 person, 1 post" in home.run("report", "--post", "QUIET").out
    assert "10 comments, 10 people, 1 post" in home.run("report", "risk:heated").out
    answer = home.run("report", "--until", "3d")
    assert answer.code == 66


def test_a_report_for_a_spreadsheet_is_one_table_without_formulas(home: Home) -> None:
    storm(home)
    rows = list(csv.DictReader(io.StringIO(home.run("report", "--format", "csv").out)))
    assert {row["part"] for row in rows} == {"figure", "post", "hour", "response", "act", "event"}
    (act,) = (row for row in rows if row["part"] == "act")
    assert (act["name"], act["who"], act["count"]) == ("done", "'=lou", "10")
    assert next(row["met"] for row in rows if row["name"] == "heated") == "10"


def test_a_replay_tells_comments_and_acts_in_the_order_they_happened(home: Home) -> None:
    storm(home)
    told = home.run("replay", "--json").objects
    assert [line["at"] for line in told] == sorted(line["at"] for line in told)
    assert sum(line["what"] == "comment" for line in told) == 13
    (done,) = (line for line in told if line["what"] == "done")
    assert (done["by"], len(done["keys"])) == ("=lou", 10)
    lines = home.run("replay", "--speed", "0", "--post", "film").lines
    assert any("film: 1 comment  ▲ 1" in line for line in lines)
    assert any("→ =lou · film: 10 comments done" in line for line in lines)


def test_a_time_that_is_none_is_refused_with_what_would_do(home: Home) -> None:
    storm(home)
    answer = home.run("replay", "--since", "yesterday")
    assert answer.code == 64
    assert "2026-11-20" in answer.err


def test_scenarios_are_listed_with_what_they_are_about(home: Home) -> None:
    lines = home.run("demo", "--scenarios", "--lang", "fr").lines
    assert [line.split()[0] for line in lines] == ["storm", "experts", "false-alarm", "hijack", "pile-on", "slow-burn"]
    assert "clavecins" in lines[1]
    answer = home.run("demo", "--scenario", "earthquake")
    assert answer.code == 64
    assert "slow-burn" in answer.err


def test_a_rehearsal_is_debriefed_against_its_script(home: Home) -> None:
    begun = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    home.configure(
        f'operator = "lou"\n[sources.drill]\nplatform = "rehearsal"\nscenario = "hijack"\nstart = "{begun}"\n'
    )
    home.run("watch", "--once", "--quiet")
    first = home.run("debrief", "--json").objects[0]
    assert {(s["situation"], s["fitting"]) for s in first["sightings"]} == {("flood", False), ("none", True)}
    assert first["dangers"]["cases"] == 3
    home.run("done", "--query", "is:wave", "--yes")
    page = home.run("debrief").out
    assert "✓ Les Marées invisibles: FLOOD · called" in page
    assert "✗ questions answered: 0 of" in page
    assert "✓ 0 jokes told where none should be" in page
    assert "Compte rendu" in home.run("debrief", "--lang", "fr").out


def test_a_desk_that_rehearses_nothing_has_no_debrief(home: Home) -> None:
    home.fill({"at": ago(5)})
    assert home.run("debrief").code == 78
