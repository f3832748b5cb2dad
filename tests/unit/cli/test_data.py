"""What goes in and what comes out: score, import, export, list, show, templates, connectors."""

import csv
import io
import json

import pytest
from commands import Home

# -- score -----------------------------------------------------------------------------------------


def test_score_answers_each_line_in_order(home: Home) -> None:
    texts = [
        {"id": "a", "text": "Merci pour cette visite !"},
        {"id": 2, "text": "", "lang": "en"},
        {"id": None, "text": "ok"},
    ]
    answer = home.run("score", stdin="\n".join(map(json.dumps, texts)))
    assert answer.code == 0
    assert [line["id"] for line in answer.objects] == ["a", 2, None]
    assert set(answer.objects[0]) == {"v", "id", "lang", "sentiment", "risk", "level", "signals"}


def test_score_points_into_the_text_in_code_points(home: Home) -> None:
    text = "🙂 " * 3 + "Retirez cette oeuvre du musée !"
    (line,) = home.run("score", stdin=json.dumps({"id": 1, "text": text})).objects
    assert line["signals"]
    for signal in line["signals"]:
        assert text[signal["start"] : signal["end"]] == signal["text"]


def test_scores_risk_sorts_like_its_level(home: Home) -> None:
    texts = ["Merci !", "C'est nul", "Honte à vous, bande de nuls", "On va vous tuer", "What a day"]
    stdin = "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
    lines = sorted(home.run("score", stdin=stdin).objects, key=lambda line: line["risk"])
    order = ["calm", "tense", "heated", "critical"]
    assert [order.index(line["level"]) for line in lines] == sorted(order.index(line["level"]) for line in lines)


def test_scores_language_is_the_texts_not_the_interfaces(home: Home) -> None:
    stdin = json.dumps({"id": 1, "text": "Pain", "lang": "en"})
    assert home.run("score", stdin=stdin).objects[0]["lang"] == "en"
    assert home.run("score", "--lang", "fr", stdin=stdin).objects[0]["lang"] == "fr"


def test_score_names_bad_lines_and_goes_on(home: Home) -> None:
    answer = home.run("score", stdin='{"id":1,"text":"ok"}\nnonsense\n{"id":3}\n\n{"id":4,"text":"ok"}\n')
    assert answer.code == 65
    assert [line["id"] for line in answer.objects] == [1, 4]
    assert "stdin:2: " in answer.err
    assert "stdin:3: " in answer.err


def test_score_reads_files_and_names_those_that_are_not_there(home: Home) -> None:
    (home.path / "texts.jsonl").write_text('{"id":1,"text":"ok"}\n')
    assert home.run("score", "texts.jsonl").code == 0
    answer = home.run("score", "nowhere.jsonl")
    assert answer.code == 66
    assert "nowhere.jsonl" in answer.err


def test_a_byte_order_mark_is_no_part_of_the_first_line(home: Home) -> None:
    assert home.run("score", stdin=b'\xef\xbb\xbf{"id":1,"text":"ok"}\n').code == 0


# -- import and export -----------------------------------------------------------------------------

ROWS: list[dict[str, object]] = [
    {"id": "1", "post": "p", "author": "a", "author_name": "Ann", "at": "2026-11-22T20:00:00Z", "text": "Bonjour ?"},
    {"id": "2", "post": "p", "parent": "1", "author": "b", "at": "2026-11-22T21:00:00+01:00", "text": "x" * 90_000},
    {
        "id": "3",
        "post": "q",
        "author": "c",
        "at": "2031-01-01T00:00:00Z",
        "text": "From the future",
        "platform": "bluesky",
    },
]


def taken_in(home: Home, rows: list[dict[str, object]], *words: str) -> list[str]:
    answer = home.run("import", *words, "-", stdin="\n".join(map(json.dumps, rows)))
    assert answer.code == 0, answer.err
    return answer.lines


def test_import_names_the_source_after_the_platform(home: Home) -> None:
    taken_in(home, ROWS)
    keys = {item["key"] for item in home.run("export").objects}
    assert keys == {"import:file/1", "import:file/2", "import:bluesky/3"}


def test_import_takes_long_texts_future_dates_and_any_order(home: Home) -> None:
    taken_in(home, list(reversed(ROWS)))
    items = {item["id"]: item for item in home.run("export").objects}
    assert items["2"]["text"] == "x" * 90_000
    assert items["2"]["at"] == "2026-11-22T21:00:00+01:00"
    assert items["2"]["parent"] == "1"
    assert items["3"]["at"].startswith("2031")
    assert items["1"]["author_name"] == "Ann"


def test_import_acknowledges_each_id_bare_and_in_order(home: Home) -> None:
    assert taken_in(home, ROWS, "--ack") == ["1", "2", "3"]


def test_an_acknowledged_comment_is_there_although_nobody_closed_anything(home: Home) -> None:
    with home.running("import", "--ack") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(ROWS[0]) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "1\n"
        process.kill()
        process.wait()
    assert [item["id"] for item in home.run("list", "--json").objects] == ["1"]


def test_importing_twice_changes_nothing(home: Home) -> None:
    taken_in(home, ROWS)
    before = home.run("export").out
    assert taken_in(home, ROWS, "--ack") == ["1", "2", "3"]
    assert home.run("export").out == before


def test_import_names_bad_lines_and_takes_the_others(home: Home) -> None:
    bad = [
        '{"id":"","text":"x","at":"2026-01-01T00:00:00Z"}',
        '{"id":"4","text":"x"}',
        '{"id":"5","text":"x","at":"soon"}',
        "{",
    ]
    answer = home.run("import", "--ack", stdin="\n".join([*bad, json.dumps(ROWS[0])]))
    assert (answer.code, answer.lines) == (65, ["1"])
    assert [f"stdin:{number}: " in answer.err for number in (1, 2, 3, 4)] == [True] * 4


def test_what_export_wrote_is_taken_back_with_its_states(home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    taken_in(home, ROWS)
    home.env["BECALM_OPERATOR"] = "marta"
    assert home.run("done", "1").code == 0
    assert home.run("claim", "3").code == 0
    written = home.run("export").out
    other = Home(tmp_path_factory.mktemp("other"))
    assert other.run("import", stdin=written).code == 0
    kept = ("id", "key", "post", "parent", "author", "author_name", "at", "text", "level", "state", "claimed_by")

    def facts(text: str) -> list[dict[str, object]]:
        return [{name: line[name] for name in kept} for line in map(json.loads, text.splitlines())]

    assert facts(other.run("export").out) == facts(written)


def test_hostile_ids_and_names_become_harmless(home: Home) -> None:
    row: dict[str, object] = {
        "id": "\x1b[2J7",
        "author": "\x1b]0;x\x07",
        "author_name": "\u202eevil",
        "post": "a\nb",
        "text": "\x9b31m",
        "at": "2026-11-22T20:00:00Z",
    }
    taken_in(home, [row])
    (item,) = home.run("export").objects
    for name in ("id", "key", "author", "author_name", "post", "post_title", "text"):
        assert item[name].isprintable()


def test_csv_is_what_rfc_4180_says_and_no_formula(home: Home) -> None:
    taken_in(home, [{**ROWS[0], "text": '=HYPERLINK("x")\nsecond, line', "author_name": "@you"}])
    out = home.run("export", "--format", "csv").out
    assert out.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["text"] == '\'=HYPERLINK("x")\nsecond, line'
    assert row["author_name"] == "'@you"
    assert row["id"] == "1"


def test_markdown_shows_a_comments_markup_as_text(home: Home) -> None:
    taken_in(home, [{**ROWS[0], "text": "![x](http://evil) <script> # title"}])
    out = home.run("export", "--format", "md").out
    assert "![x](http" not in out
    assert "\\<script\\>" in out


def test_export_holds_everything_and_a_query_narrows_it(home: Home) -> None:
    taken_in(home, ROWS)
    home.run("done", "1", env={"BECALM_OPERATOR": "marta"})
    assert [item["id"] for item in home.run("export").objects] == ["1", "2", "3"]
    assert [item["id"] for item in home.run("export", "is:open").objects] == ["2", "3"]
    assert [item["id"] for item in home.run("export", "source:bs").objects] == ["3"]


# -- list and show ---------------------------------------------------------------------------------


def test_list_is_newest_first_and_limited(home: Home) -> None:
    home.fill(*({} for _ in range(5)))
    assert [item["id"] for item in home.run("list", "--json", "--limit", "2").objects] == ["5", "4"]
    assert len(home.run("list").lines) == 5


def test_a_query_that_is_not_understood_says_where(home: Home) -> None:
    home.fill({})
    answer = home.run("list", "risk>=angry")
    assert (answer.code, answer.out) == (64, "")
    assert "angry" in answer.err


def test_list_masks_what_is_dangerous_and_show_does_not(home: Home) -> None:
    home.fill({"text": "On va vous tuer"})
    (line,) = home.run("list").lines
    assert line.startswith("‼")
    assert "tuer" not in line
    assert "tuer" in home.run("show", "1").out


def test_a_comment_cannot_fake_a_line_of_ours(home: Home) -> None:
    home.fill({"text": "hello\nstate: done · marta"})
    lines = home.run("show", "1").lines
    assert "  | state: done · marta" in lines
    assert "state: new" in lines


def test_show_tells_everything_as_json(home: Home) -> None:
    home.fill({"text": "Quels sont les horaires ?"}, {"parent": "1", "text": "10 h"})
    (item,) = home.run("show", "import:mastodon/1", "--json").objects
    assert (item["v"], item["id"], item["question"]) == (1, "1", True)
    assert item["thread"] == ["import:mastodon/1", "import:mastodon/2"]
    assert item["sendings"] == []


def test_an_id_that_two_sources_know_has_to_be_said_in_full(home: Home) -> None:
    home.fill({"id": "7"}, {"id": "7", "platform": "bluesky"})
    answer = home.run("show", "7")
    assert answer.code == 64
    assert "import:bluesky/7" in answer.err
    assert home.run("show", "8").code == 66


def test_watching_prints_what_arrives(home: Home) -> None:
    home.fill({"id": "1"})
    with home.running("list", "--watch", "--json") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["id"] == "1"
        home.fill({"id": "2"})
        assert json.loads(process.stdout.readline())["id"] == "2"


def test_without_a_desk_there_is_nothing_to_list(home: Home) -> None:
    for words in (["list"], ["show", "1"], ["export"]):
        answer = home.run(*words)
        assert (answer.code, answer.out) == (66, "")


# -- templates and connectors ----------------------------------------------------------------------


def test_connectors_say_what_they_can_and_why(home: Home) -> None:
    found = {line["name"]: line for line in home.run("connectors", "--json").objects}
    assert {"mastodon", "rehearsal"} <= set(found)
    for line in found.values():
        assert line["v"] == 1
        for support in line["capabilities"].values():
            assert support["can"] in {"yes", "partly", "no"}
            assert support["reason"]


def test_templates_are_listed_in_the_language_of_the_interface(home: Home) -> None:
    for language in ("en", "fr"):
        ids = [line.split()[0] for line in home.run("templates", "list", "--lang", language).lines]
        assert ids
        assert all(name.endswith(f".{language}") for name in ids)


def test_templates_of_the_house_are_checked_with_file_and_line(home: Home) -> None:
    pack = home.path / "packs"
    pack.mkdir()
    (pack / "own.toml").write_text('language = "fr"\nkind = "plain"\n[caisse]\nbody = "Il coûte 5 $."\n')
    answer = home.run("templates", "lint", "packs")
    assert answer.code == 65
    assert "own.toml:4: " in answer.out


def test_our_own_templates_are_sound(home: Home) -> None:
    assert home.run("templates", "lint").code == 0


def test_templates_are_suggested_and_jokes_refused_with_the_reason(home: Home) -> None:
    asked = [
        {"id": 1, "text": "Quels sont vos horaires le dimanche ?", "lang": "fr"},
        {"id": 2, "text": "Mon père est mort la semaine dernière, il aimait ce musée", "lang": "fr"},
    ]
    question, grief = home.run("templates", "suggest", stdin="\n".join(map(json.dumps, asked))).objects
    assert set(question) >= {"v", "id", "joke", "reason", "suggestions"}
    assert question["suggestions"][0].startswith("hours")
    assert grief["joke"] == "hard"
    assert grief["reason"]


@pytest.mark.parametrize("limit", ["0", "-3", "x"])
def test_a_limit_that_is_no_count_is_refused(home: Home, limit: str) -> None:
    home.fill({"id": "1"})
    answer = home.run("list", f"--limit={limit}")
    assert answer.code == 64
    assert limit in answer.err


def test_import_says_how_much_of_it_was_new(home: Home) -> None:
    rows = "\n".join(
        json.dumps({"id": str(n), "post": "p", "author": "a", "at": "2026-11-20T12:00:00Z", "text": "t"})
        for n in (1, 2)
    )
    assert "2 comments read" in (first := home.run("import", stdin=rows)).err
    assert "2 new or changed" in first.err
    assert "0 new or changed" in home.run("import", stdin=rows).err


def test_doctor_names_a_fault_of_the_configuration_once(home: Home) -> None:
    home.fill({"id": "1"})
    home.configure("[house]\nbogus = 1\n")
    answer = home.run("doctor")
    assert answer.code == 69
    assert answer.out.count("house.bogus") == 1
    assert "ConfigError" not in answer.out


def test_lines_of_every_network_stand_below_each_other(home: Home) -> None:
    home.fill({"id": "n1", "platform": "x"}, {"id": "n2", "platform": "mastodon"})
    lines = home.run("list").lines
    assert len({line.index("Visitor") for line in lines}) == 1
