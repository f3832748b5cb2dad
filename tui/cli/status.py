"""`becalm status`: is anything burning? One line from the status file, without a network, an engine or a store."""

import json
import os
import sys
import time

from inbox import status as file
from inbox.holder import holder_of
from inbox.paths import DEFAULT_DESK, desk_folder, is_desk_name

TYPE_CHECKING = False  # the typing module alone would cost a quarter of this command
if TYPE_CHECKING:
    import argparse
    from typing import Any

    Status = dict[str, Any]

EXAMPLES = (
    ("becalm status", "one line for people"),
    ("becalm status --short", "for a login message or a prompt"),
    ("becalm status --format '{critical}/{open}'", "for tmux: #(becalm status --format '{critical}/{open}')"),
    ("becalm status --json | jq .open", "for scripts"),
)

# gettext would cost more than the answer: these few words are translated here
_WORDS = {
    "en": {
        "none": "no desk here yet: becalm",
        "stopped": "ENGINE STOPPED since {since}",
        "last": "last known",
        "open": "{n} open",
        "title": "“{title}”",
        "since": "since {since}",
        "copies": "{n} copies",
        "heated": "{n} heated",
        "question": "oldest question {age}",
        "outbox": "outbox {n}",
        "unknown": "{n} of unknown fate",
        "rejected": "{n} refused",
        "held": "HELD by {who}",
        "danger": "danger open for {age}",
        "watch": "{who} on watch",
        "handover": "for {who}: {note}",
        "fresh": "fresh {age}",
        "silent": "STALE: the engine has said nothing for {age}",
        "old": "NO ANSWER from any platform for {age}",
        "ends": "{name}: token ends in {n} d",
        "quiet": "{name}: unusually silent for {age}",
        "rehearsal": "rehearsal",
        "barometer": "barometer {level}",
        "tense": "tense",
        "hot": "heated",
        "critical": "critical",
        "flood": "FLOOD",
        "feud": "FEUD",
        "lone_troll": "LONE TROLL",
        "crisis": "CRISIS MODE until {until} ({who})",
        "begin": "crisis mode?",
        "end": "calm has returned",
        "starting": "starting",
        "limited": "slowed down",
        "unreachable": "unreachable",
        "auth": "not logged in",
        "broken": "broken",
        "day": "d",
        "leaving": "{n} old comments are forgotten from {date} on: becalm retention",
        "format": "becalm status: no field is named {word}; fields: {fields}",
        "desk": "becalm status: not a desk's name: {name}",
        "damaged": "becalm status: {path}: {why}",
    },
    "fr": {
        "none": "pas encore de bureau ici\u00a0: becalm",
        "stopped": "MOTEUR ARRÊTÉ depuis {since}",
        "last": "dernier état connu",
        "open": "{n} à traiter",
        "title": "«\u00a0{title}\u00a0»",
        "since": "depuis {since}",
        "copies": "{n} copies",
        "heated": "{n} houleux",
        "question": "question la plus ancienne {age}",
        "outbox": "{n} à l’envoi",
        "unknown": "{n} au sort inconnu",
        "rejected": "{n} refusés",
        "held": "RETENU par {who}",
        "danger": "danger non traité depuis {age}",
        "watch": "{who} de veille",
        "handover": "pour {who}\u00a0: {note}",
        "fresh": "à jour à {age}",
        "silent": "PÉRIMÉ\u00a0: le moteur se tait depuis {age}",
        "old": "AUCUNE RÉPONSE des plateformes depuis {age}",
        "ends": "{name}\u00a0: le jeton expire dans {n} j",
        "quiet": "{name}\u00a0: silence inhabituel depuis {age}",
        "rehearsal": "répétition",
        "barometer": "baromètre\u00a0: {level}",
        "tense": "tendu",
        "hot": "houleux",
        "critical": "critique",
        "flood": "DÉFERLANTE",
        "feud": "QUERELLE",
        "lone_troll": "TROLL ISOLÉ",
        "crisis": "MODE CRISE jusqu’à {until} ({who})",
        "begin": "mode crise\u202f?",
        "end": "le calme est revenu",
        "starting": "démarre",
        "limited": "ralenti",
        "unreachable": "injoignable",
        "auth": "non connecté",
        "broken": "en panne",
        "day": "j",
        "leaving": "{n} commentaires anciens seront oubliés à partir du {date}\u00a0: becalm retention",
        "format": "becalm status\u00a0: aucun champ ne s’appelle {word}\u202f; champs\u00a0: {fields}",
        "desk": "becalm status\u00a0: ce n’est pas un nom de bureau\u00a0: {name}",
        "damaged": "becalm status\u00a0: {path}\u00a0: {why}",
    },
}


_SOURCE_MOMENTS = ("last_at", "heard_at", "budget_until", "ends_at")
"""Moments of a source in the status file; an older engine's has not all of them."""
_WARNED = 14 * 86_400
"""Seconds before a token's end from which the line says so."""


def arguments(parser: "argparse.ArgumentParser") -> None:
    """Declare what `quick` reads by hand."""
    from tui.i18n import _

    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))
    form.add_argument("--short", action="store_true", help=_("as few characters as will do"))
    form.add_argument("--format", metavar="F", help=_("your own line: {critical} {heated} {open} {questions} ..."))
    parser.add_argument(
        "--exit-code", action="store_true", help=_("1 when something heated or critical waits, 69 when nothing runs")
    )


def run(args: "argparse.Namespace") -> int:
    """Answer from arguments that argparse has read."""
    form = next((form for form in ("json", "short") if getattr(args, form)), "line")
    return _answer(args.desk, args.lang or "", form, args.format, exit_code=args.exit_code)


def quick(argv: list[str]) -> int | None:
    """Answer from plain arguments; None for anything unusual, which argparse then explains."""
    desk, lang, form, pattern, exit_code = None, "", "", None, False
    words = iter(argv)
    for word in words:
        if word in {"--json", "--short"} and not form:
            form = word[2:]
        elif word == "--exit-code":
            exit_code = True
        elif word in {"--desk", "--lang", "--format"}:
            value = next(words, None)
            if value is None or value.startswith("-"):
                return None
            if word == "--desk":
                desk = value
            elif word == "--lang" and value in _WORDS:
                lang = value
            elif word == "--format" and not form:
                form, pattern = "format", value
            else:
                return None
        else:
            return None
    return _answer(desk, lang, form or "line", pattern, exit_code=exit_code)


def _answer(desk: str | None, lang: str, form: str, pattern: str | None, *, exit_code: bool) -> int:
    say = _WORDS[lang or _language()]
    name = desk or os.environ.get("BECALM_DESK") or DEFAULT_DESK
    if not is_desk_name(name):
        print(say["desk"].format(name=repr(name)), file=sys.stderr)
        return os.EX_USAGE
    folder = desk_folder(name)
    try:
        status = file.read_status(folder)
        held = holder_of(folder) is not None
    except (OSError, ValueError) as error:
        print(say["damaged"].format(path=os.path.join(folder, file.STATUS_FILE), why=error), file=sys.stderr)
        return os.EX_DATAERR
    engine = "none" if status is None else "alive" if held else "stopped"
    now = time.time()
    if pattern is not None:
        return _formatted(pattern, status or {}, engine, now, say) or _code(status, engine, asked=exit_code)
    shape = {"json": _json, "short": _short, "line": _line}[form]
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # typed as TextIO, always a TextIOWrapper here
    print(shape(status or {}, engine, now, say))
    return _code(status, engine, asked=exit_code)


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.startswith("fr") else "en"
    return "en"


def _code(status: "Status | None", engine: str, *, asked: bool) -> int:
    if not asked:
        return os.EX_OK
    if status is None or engine != "alive":
        return os.EX_UNAVAILABLE
    return int(status["open"]["critical"] > 0 or status["open"]["heated"] > 0)


# -- shapes ----------------------------------------------------------------------------------------


def _line(status: "Status", engine: str, now: float, say: dict[str, str]) -> str:
    if engine == "none":
        return say["none"]
    levels = status["open"]
    counts = f"‼ {levels['critical']}  ▲ {levels['heated']}"
    waiting = say["open"].format(n=sum(levels.values()))
    if engine == "stopped":
        since = say["stopped"].format(since=_clock(status["at"], now))
        return f"{since} · {say['last']} {counts} · {waiting}"
    parts = [f"{counts}  {waiting}"]
    if status["rehearsal"]:
        parts.insert(0, say["rehearsal"])
    parts += _barometer(status.get("barometer"), say)
    parts += _crisis(status.get("crisis"), now, say)
    parts += [_post(post, now, say) for post in status["posts"][:1]]
    if status.get("oldest_danger") is not None:
        parts.append(say["danger"].format(age=_age(now - status["oldest_danger"], say)))
    if status["oldest_question"] is not None:
        parts.append(say["question"].format(age=_age(now - status["oldest_question"], say)))
    parts += _outbox(status["outbox"], say)
    parts += _watch(status, say)
    parts += [said for source in status["sources"] for said in _source(source, now, say)]
    parts += _leaving(status.get("retention"), now, say)
    if status["storage"]:
        parts.append(_safe(status["storage"]))
    parts += _freshness(status, now, say)
    return " · ".join(parts)


def _post(post: "Status", now: float, say: dict[str, str]) -> str:
    names = " + ".join(say[name] for name in post.get("situations", ()) if name in say)
    many = say["copies"].format(n=post["copies"]) if post["copies"] > 1 else say["heated"].format(n=post["heated"])
    title = f"{names} {say['title']}".strip().format(title=_safe(post["title"])[:40])
    return f"{title} {many} {say['since'].format(since=_clock(post['since'], now))}"


def _crisis(crisis: "Status | None", now: float, say: dict[str, str]) -> list[str]:
    """Say what holds, and what is proposed; a file of an older engine knows nothing of it."""
    if not crisis:
        return []
    on = crisis["on"] and now < crisis["until"]
    said = [say["crisis"].format(until=_clock(crisis["until"], now), who=_safe(crisis["by"]))] if on else []
    return said + ([say[crisis["advice"]]] if crisis["advice"] else [])


def _barometer(gauges: "list[Status] | None", say: dict[str, str]) -> list[str]:
    """Say how the gravest exhibition's last hour was, unless it was calm; a file of an older engine knows none."""
    level = gauges[0]["level"] if gauges else ""
    word = say.get("hot" if level == "heated" else level)
    return [say["barometer"].format(level=word)] if word and level != "calm" else []


def _watch(status: "Status", say: dict[str, str]) -> list[str]:
    """Who is on watch: whoever said so, else whose session runs the engine; and what was left for them."""
    who = _safe(status.get("watch") or status["operator"])
    parts = [say["watch"].format(who=who)] if who else []
    if status.get("handover"):
        parts.append(say["handover"].format(who=who, note=_safe(status["handover"])))
    return parts


def _outbox(outbox: "Status", say: dict[str, str]) -> list[str]:
    parts = [say["held"].format(who=_safe(outbox["held_by"]))] if outbox["held_by"] else []
    if outbox["pending"]:
        parts.append(say["outbox"].format(n=outbox["pending"]))
    parts += [say[key].format(n=outbox[key]) for key in ("unknown", "rejected") if outbox[key]]
    return parts


def _source(source: "Status", now: float, say: dict[str, str]) -> list[str]:
    """Say what is not well with a source, or soon will not be."""
    name = _safe(source["name"])
    said = [f"{name} {say[source['state']]}"] if source["state"] in say else []
    ends = source.get("ends_at")
    if ends is not None and ends - now < _WARNED:
        said.append(say["ends"].format(name=name, n=max(0, int((ends - now) // 86_400))))
    if source.get("silent") and source.get("heard_at") is not None:
        said.append(say["quiet"].format(name=name, age=_age(now - source["heard_at"], say)))
    return said


def _leaving(retention: "Status | None", now: float, say: dict[str, str]) -> list[str]:
    """Say what a rule of retention will take, as long as it has not begun; a file of an older engine knows of none."""
    if not retention or not retention["waiting"] or retention["begins"] is None or retention["begins"] <= now:
        return []
    return [say["leaving"].format(n=retention["waiting"], date=_clock(retention["begins"], now))]


def _freshness(status: "Status", now: float, say: dict[str, str]) -> list[str]:
    silent = now - status["at"]
    if silent > file.STALE:
        return [say["silent"].format(age=_age(silent, say))]
    answered = _answered(status)
    if answered is None:
        return []
    age = now - answered
    return [say["old" if age > 10 * file.STALE else "fresh"].format(age=_age(age, say))]


def _answered(status: "Status") -> float | None:
    """When any platform last answered well: what is shown cannot be fresher than that."""
    return max((source["last_at"] for source in status["sources"] if source["last_at"] is not None), default=None)


def _short(status: "Status", engine: str, now: float, say: dict[str, str]) -> str:
    if engine == "none":
        return "-"
    levels = status["open"]
    counts = f"‼{levels['critical']} ▲{levels['heated']} {sum(levels.values())}"
    if engine == "stopped":
        return f"{say['stopped'].format(since=_clock(status['at'], now))} {counts}"
    if now - status["at"] > file.STALE:
        return f"{counts} ({_age(now - status['at'], say)})"
    questions = f" ?{status['questions']}" if status["questions"] else ""
    held = " H" if status["outbox"]["held_by"] else ""
    return counts + questions + held


def _json(status: "Status", engine: str, now: float, say: dict[str, str]) -> str:
    del say
    answer: Status = {"v": file.VERSION, "engine": engine}
    if status:
        answer |= {"stale": engine == "alive" and now - status["at"] > file.STALE, "age": round(now - status["at"], 1)}
        answer |= {key: value for key, value in status.items() if key != "v"}
        for holder, key in (
            (answer, "at"),
            (answer, "oldest_question"),
            (answer, "oldest_danger"),
            (answer, "watch_since"),
            (answer["outbox"], "next_due"),
            *([(answer["crisis"], "until")] if "crisis" in answer else []),
            *((answer["retention"], key) for key in ("begins", "last") if "retention" in answer),
            *((post, "since") for post in answer["posts"]),
            *((source, key) for source in answer["sources"] for key in _SOURCE_MOMENTS if key in source),
        ):
            holder[key] = _iso(holder.get(key))
    return json.dumps(answer, ensure_ascii=False)


def _formatted(pattern: str, status: "Status", engine: str, now: float, say: dict[str, str]) -> int:
    fields = _fields(status, engine, now, say)
    parts = []
    for number, piece in enumerate(pattern.replace("#{", "{").split("{")):
        name, brace, rest = piece.partition("}")
        if number == 0 or not brace:
            parts.append(piece if number == 0 else "{" + piece)
        elif name not in fields:
            print(say["format"].format(word=repr(name), fields=", ".join(fields)), file=sys.stderr)
            return os.EX_USAGE
        else:
            parts.append(fields[name] + rest)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # typed as TextIO, always a TextIOWrapper here
    print("".join(parts))
    return os.EX_OK


def _fields(status: "Status", engine: str, now: float, say: dict[str, str]) -> dict[str, str]:
    levels = status.get("open", {})
    outbox = status.get("outbox", {})
    question = status.get("oldest_question")
    danger = status.get("oldest_danger")
    answered = _answered(status) if status else None
    values = {
        "engine": engine,
        "desk": status.get("desk", ""),
        "operator": status.get("operator", ""),
        **{level: levels.get(level, 0) for level in ("critical", "heated", "tense", "calm")},
        "open": sum(levels.values()),
        "total": status.get("total", 0),
        "questions": status.get("questions", 0),
        "oldest_question": "" if question is None else _age(now - question, say),
        "oldest_danger": "" if danger is None else _age(now - danger, say),
        "watch": status.get("watch", ""),
        "per_hour": status.get("per_hour", 0),
        "outbox": outbox.get("pending", 0),
        "unknown": outbox.get("unknown", 0),
        "rejected": outbox.get("rejected", 0),
        "held_by": outbox.get("held_by", ""),
        "barometer": next((gauge["level"] for gauge in status.get("barometer", ())), ""),
        "age": _age(now - status["at"], say) if status else "",
        "fresh": "" if answered is None else _age(now - answered, say),
    }
    return {name: _safe(str(value)) for name, value in values.items()}


def freshness(folder: str, lang: str, *, all_is_well: bool) -> str:
    """Return how fresh what a desk shows is, source by source, for those who look at its comments; "" for nothing to say.

    Args:
        folder: the desk's folder.
        lang: "en" or "fr".
        all_is_well: whether to say so as well when nothing is stale.
    """
    say, now = _WORDS[lang], time.time()
    try:
        status = file.read_status(folder)
        held = holder_of(folder) is not None
    except (OSError, ValueError):
        return ""
    if status is None or not status["sources"]:
        return ""
    well = held and now - status["at"] <= file.STALE
    parts = [] if held else [say["stopped"].format(since=_clock(status["at"], now))]
    for source in status["sources"]:
        ill = [say[source["state"]]] if source["state"] in say else []
        heard = source["last_at"]
        age = [] if heard is None else [say["fresh"].format(age=_age(now - heard, say))]
        parts.append(" ".join([_safe(source["name"]), *ill, *age]))
        well = well and not ill and heard is not None and now - heard <= 10 * file.STALE
    return " · ".join(parts) if all_is_well or not well else ""


# -- small words -----------------------------------------------------------------------------------


def _safe(text: str) -> str:
    """Drop what is not for a terminal: the file may have been written by another version, or another hand."""
    return "".join(char for char in text if char.isprintable())


def _age(seconds: float, say: dict[str, str]) -> str:
    seconds = max(0, int(seconds))
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 7200:
        return f"{seconds // 60} min"
    if seconds < 172_800:
        return f"{seconds // 3600} h"
    return f"{seconds // 86400} {say['day']}"


def _clock(moment: float, now: float) -> str:
    form = "%H:%M" if abs(now - moment) < 57_600 else "%Y-%m-%d %H:%M"
    return time.strftime(form, time.localtime(moment))


def _iso(moment: float | None) -> str | None:
    return None if moment is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
