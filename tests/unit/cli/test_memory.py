"""What a desk remembers of a storm: the barometer."""

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
