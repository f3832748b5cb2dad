"""What goes on under each post of a file."""

import json

from commands import Home

TEXT = "Nous exigeons que le musée rende la fontaine du square et publie le contrat signé avec la banque du port"


def lines(*rows: dict[str, object]) -> str:
    return "\n".join(map(json.dumps, rows))


def comment(number: int, **fields: object) -> dict[str, object]:
    at = f"2031-05-07T14:{number:02}:00+02:00"
    return {"id": f"c{number}", "post": "p", "parent": None, "author": f"v{number}", "at": at, "text": TEXT, **fields}


def test_a_copied_protest_is_a_flood_with_its_wave(home: Home) -> None:
    answer = home.run("situations", stdin=lines(*map(comment, range(6))))
    (found,) = answer.objects
    assert answer.code == 0
    assert list(found) == ["v", "post", "situation", "since", "why", "waves"]
    assert (found["post"], found["situation"], found["since"]) == ("p", ["flood"], "c3")
    (wave,) = found["waves"]
    assert (wave["comments"], wave["authors"]) == ([f"c{i}" for i in range(6)], 6)


def test_a_quiet_post_is_an_empty_list_and_null(home: Home) -> None:
    (found,) = home.run("situations", stdin=lines(comment(1, text="Bel accueil"))).objects
    assert (found["situation"], found["since"], found["waves"]) == ([], None, [])


def test_labels_beside_the_fields_are_passed_over_and_bad_lines_are_named(home: Home) -> None:
    answer = home.run("situations", stdin=lines(comment(1, level="calm")) + '\n{"id":1}\n')
    assert answer.code == 65
    assert len(answer.objects) == 1
    assert "stdin:2: " in answer.err


def test_nothing_in_nothing_out(home: Home) -> None:
    answer = home.run("situations", stdin="\n")
    assert (answer.code, answer.out) == (0, "")
