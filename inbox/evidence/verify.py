"""Checks a dossier of evidence with nothing but Python: `python3 verify.py dossier.json`; copied into every dossier."""

# For whoever receives a dossier: read this file first, it is short. Nothing of becalm is needed to run it.
#   part     its digest is SHA-256 of salt + text, in UTF-8; a part without salt was withheld or redacted
#   record   its seal is SHA-256 of the lines: the seal before, then "NAME DIGEST" of each part in alphabetical order
#   chain    each record names the seal before it; the first names 64 zeros
# Whoever knows the last seal of an earlier day (it is in every dossier) can tell that nothing before it was changed.
import hashlib
import json
import sys

FIRST = "0" * 64


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def check(dossier: dict) -> tuple[list[str], int]:  # type: ignore[type-arg]  # plain JSON, read by a plain script
    """Return what is wrong with a dossier, and how many of its parts can be read."""
    faults, readable, previous = [], 0, FIRST
    for number, record in enumerate(dossier["records"], 1):
        parts = record["parts"]
        if record["previous"] != previous:
            faults.append(f"record {number}: does not follow the one before")
        for name, part in parts.items():
            if part["salt"]:
                readable += 1
                if digest(part["salt"] + part["text"]) != part["digest"]:
                    faults.append(f"record {number}: {name} is not what was captured")
        lines = [record["previous"], *(f"{name} {parts[name]['digest']}" for name in sorted(parts))]
        if digest("".join(f"{line}\n" for line in lines)) != record["seal"]:
            faults.append(f"record {number}: its seal is broken")
        previous = record["seal"]
    if previous != dossier["head"]:
        faults.append("records are missing at the end")
    return faults, readable


def main(arguments: list[str]) -> int:
    """Check a dossier; returns 0 when everything holds, 1 when something was changed, 2 when it cannot be read."""
    try:
        with open(arguments[0] if arguments else "dossier.json", encoding="utf-8") as file:
            dossier = json.load(file)
        faults, readable = check(dossier)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"this is no dossier: {error!r}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    if not faults:
        count = len(dossier["records"])
        records = "1 record" if count == 1 else f"{count} records"
        print(f"{records}, unbroken; {readable} parts can be read; head {dossier['head']}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
