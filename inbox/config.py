"""config.toml read and judged: every fault is named with its line and key, several at once, and nothing is guessed."""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec
from msgspec import NODEFAULT, Meta, Struct, structs
from msgspec.structs import FieldInfo, fields

from connectors._contract import Connector, Options
from connectors._errors import ConnectorError
from connectors._registry import BrokenConnectorError, UnknownConnectorError, load, names
from connectors._secret import Secret
from inbox.alerts.channels import Channel
from inbox.alerts.rules import AlertRules
from inbox.approval import FourEyes
from inbox.config_secrets import SecretError, resolve
from inbox.retention import DEFAULT

_T = TypeVar("_T", bound=Struct)

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}", re.ASCII)
"""What a source may be called: it is part of every item's key and of queries."""


class Fault(Struct, frozen=True, kw_only=True):
    """One thing wrong with the configuration.

    Attributes:
        file: the configuration file.
        line: where in it, from 1; 0 where that cannot be told.
        key: the dotted key, or "".
        message: one English sentence, with {placeholders}; the interface translates it.
        values: what stands in the placeholders.
        passing: whether it concerns one source alone and may mend without an edit (a locked password manager).
    """

    file: str
    line: int
    key: str
    message: str
    values: dict[str, str]
    passing: bool = False

    def __str__(self) -> str:
        return self.where + self.message.format(**self.values)

    @property
    def where(self) -> str:
        """File, line and key, ready to stand in front of the message."""
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return place + (f"{self.key}: " if self.key else "")


class ConfigError(Exception):
    """The configuration cannot be used as it is.

    Attributes:
        faults: everything that is wrong with it, in the file's order.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults."""
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class Outbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[outbox]`: how long what was decided can be taken back.

    Attributes:
        countdown: seconds before a single sending leaves.
        batch_countdown: the same for an act that sends several things.
    """

    countdown: Annotated[float, Meta(ge=0, le=3600)] = 10.0
    batch_countdown: Annotated[float, Meta(ge=0, le=3600)] = 30.0


class House(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[house]`: what the templates know of the museum.

    Attributes:
        facts: a TOML file of facts (opening hours, addresses), beside the configuration unless absolute; or "".
        templates: a folder of the house's own templates, likewise; or "".
        charter: the TOML file of the house's comment charter, likewise; or "".
    """

    facts: str = ""
    templates: str = ""
    charter: str = ""


class Risk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[risk]`: from which score a text is shown as what; rules (a threat, an insult) speak whatever stands here.

    Attributes:
        tense: 0 to 1; None keeps ours, or what this desk learned.
        heated: the same; not below `tense`.
    """

    tense: Annotated[float, Meta(ge=0, le=1)] | None = None
    heated: Annotated[float, Meta(ge=0, le=1)] | None = None


class Screen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[screen]`: how the desk looks.

    Attributes:
        palette: which colours; "auto" asks the terminal.
        low_bandwidth: fewer colours and fewer repaints, for thin lines.
        bell: whether what cannot wait rings the terminal.
    """

    palette: Literal["auto", "dark", "light", "ansi", "mono"] = "auto"
    low_bandwidth: bool = False
    bell: bool = True


class SourceConfig(Struct, frozen=True, kw_only=True):
    """`[sources.NAME]`: one account on one platform, as written.

    Attributes:
        name: its own name on this desk.
        platform: the connector's name.
        account: whose account it was when it was connected, by "id" and "handle"; empty where nobody wrote it down.
        options: the rest of its table, not yet judged: only its connector knows its shape.
        file: the file it stands in, for messages.
        retention_days: for how many days its comments are kept; 0 for ever, None for what the desk says.
    """

    name: str
    platform: str
    options: dict[str, Any]
    account: Mapping[str, str] = {}
    file: str = ""
    retention_days: int | None = None


class Config(Struct, frozen=True, kw_only=True):
    """The whole configuration.

    Attributes:
        path: the file it was read from.
        operator: who sits here, or "" when nobody said.
        lang: "fr", "en" or "" for what the environment says.
        sources: every account, in the file's order.
        keys: command -> keys that replace its own.
        outbox: countdowns.
        house: facts and templates, their paths made absolute.
        risk: the house's own levels.
        screen: how the desk looks.
        alerts: what cannot wait, and where that is told.
        four_eyes: what needs a second person's word.
        retention_days: for how many days comments are kept where their source says nothing else; 0 for ever.
    """

    path: str
    operator: str = ""
    lang: Literal["", "fr", "en"] = ""
    sources: tuple[SourceConfig, ...] = ()
    keys: dict[str, tuple[str, ...]] = {}
    outbox: Outbox = Outbox()
    house: House = House()
    risk: Risk = Risk()
    screen: Screen = Screen()
    alerts: AlertRules = AlertRules()
    four_eyes: FourEyes = FourEyes()
    retention_days: int = 0

    @property
    def retention(self) -> dict[str, int]:
        """For how many days comments are kept, by source; "" for every other one."""
        own = {source.name: source.retention_days for source in self.sources if source.retention_days is not None}
        return {DEFAULT: self.retention_days} | own


# -- faults, with their place ----------------------------------------------------------------------


class _Faults:
    """Collects what is wrong and finds where it stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")  # as TOML counts them: U+2028 is no line break there
        self.found: list[Fault] = []

    def fault(self, message: str, *key: str, passing: bool = False, **values: str) -> None:
        place = self._line(key)
        self.found.append(
            Fault(file=self.file, line=place, key=".".join(key), message=message, values=values, passing=passing)
        )

    def stop_if_any(self) -> None:
        if self.found:
            raise ConfigError(tuple(sorted(self.found, key=lambda fault: fault.line)))

    def _line(self, key: tuple[str, ...]) -> int:
        """Find a key the way a reader would: its table's header, then the line that begins with its last part."""
        for depth in range(len(key), -1, -1):
            start = self._header(key[:depth])
            if start and depth == len(key):
                return start
            if start or depth == 0:
                rest = key[depth : depth + 1]
                return (self._assignment(start, rest[0]) if rest else 0) or start
        return 0

    def _header(self, key: tuple[str, ...]) -> int:
        wanted = re.sub(r"\s", "", ".".join(key))
        for number, line in enumerate(self.lines, 1):
            found = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
            if key and found and re.sub(r"[\"'\s]", "", found[1]) == wanted:
                return number
        return 0

    def _assignment(self, start: int, name: str) -> int:
        for number, line in enumerate(self.lines[start:], start + 1):
            if line.lstrip().startswith("["):
                return 0
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]", line):
                return number
        return 0


def _near(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, 1, 0.6)
    return close[0] if close else ""


def _unknown_key(faults: _Faults, known: list[str], *key: str) -> None:
    near = _near(key[-1], known)
    if near:
        faults.fault("unknown key; did you mean {near}?", *key, near=near)
    else:
        faults.fault("unknown key; known here: {known}", *key, known=", ".join(known))


def _type_fault(faults: _Faults, error: msgspec.ValidationError, *key: str) -> None:
    faults.fault("{what}", *key, what=str(error).partition(" - at `")[0])


# -- reading ---------------------------------------------------------------------------------------


def read(path: str | Path) -> Config:
    """Read the configuration; a file that is not there is an empty one.

    Raises:
        ConfigError: with every fault that could be found in one reading.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return Config(path=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError((_plain(file, "cannot be read: {why}", why=str(error)),)) from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        why = str(error).partition(" (at ")[0]
        raise ConfigError((_plain(file, "not TOML: {why}", line=line, why=why),)) from error
    faults = _Faults(str(path), text)
    config = _config(tables, file, faults)
    faults.stop_if_any()
    return config


def _plain(file: Path, message: str, *, line: int = 0, **values: str) -> Fault:
    return Fault(file=str(file), line=line, key="", message=message, values=values)


_RETENTION = "retention_days"
DAYS = Annotated[int, Meta(ge=0, le=36_500)]
"""For how many days comments are kept, a century at most; 0 for ever."""
_TABLES = [
    "operator",
    "lang",
    "sources",
    "keys",
    "outbox",
    "house",
    "risk",
    "screen",
    "alerts",
    "retention_days",
    "four_eyes",
]


def _config(tables: dict[str, Any], file: Path, faults: _Faults) -> Config:
    for key in tables.keys() - set(_TABLES):
        _unknown_key(faults, _TABLES, key)
    house = _table(House, tables.get("house", {}), faults, "house")
    return Config(
        path=str(file),
        operator=_operator(tables.get("operator", ""), faults),
        lang=_value(Literal["", "fr", "en"], tables.get("lang", ""), faults, "lang") or "",
        sources=_sources(tables.get("sources", {}), faults),
        keys=_keys(tables.get("keys", {}), faults),
        outbox=_table(Outbox, tables.get("outbox", {}), faults, "outbox") or Outbox(),
        house=_absolute(house or House(), file.parent),
        risk=_table(Risk, tables.get("risk", {}), faults, "risk") or Risk(),
        screen=_table(Screen, tables.get("screen", {}), faults, "screen") or Screen(),
        alerts=_alerts(tables.get("alerts", {}), faults),
        four_eyes=_table(FourEyes, tables.get("four_eyes", {}), faults, "four_eyes") or FourEyes(),
        retention_days=_value(DAYS, tables.get(_RETENTION, 0), faults, _RETENTION) or 0,
    )


def is_operator_name(name: str) -> bool:
    """Whether `name` can stand beside an act: something printable on one line, short enough for a row."""
    return 0 < len(name) <= 40 and name.isprintable() and name == name.strip()


def _operator(value: object, faults: _Faults) -> str:
    name = _value(str, value, faults, "operator") or ""
    if name and not is_operator_name(name):
        faults.fault("a name is one printable line of at most 40 characters", "operator")
    return name


def _sources(tables: object, faults: _Faults) -> tuple[SourceConfig, ...]:
    if not isinstance(tables, dict):
        faults.fault("expected one table a source: [sources.NAME]", "sources")
        return ()
    return tuple(source for name, table in tables.items() if (source := _source(name, table, faults)) is not None)


def _source(name: str, table: object, faults: _Faults) -> SourceConfig | None:
    key = ("sources", name)
    if not SOURCE_NAME.fullmatch(name):
        faults.fault("a source's name is made of small letters, digits, - and _, at most 32", *key)
    if not isinstance(table, dict):
        faults.fault("expected a table: [sources.{name}]", *key, name=name)
        return None
    platform = table.get("platform")
    if not isinstance(platform, str):
        faults.fault('says no platform (platform = "..."); installed: {installed}', *key, installed=", ".join(names()))
        return None
    if platform not in names():
        _unknown_platform(faults, platform, *key, "platform")
    options = {option: value for option, value in table.items() if option not in {"platform", "account", _RETENTION}}
    account = table.get("account", {})
    if not isinstance(account, dict) or not all(isinstance(each, str) for each in account.values()):
        faults.fault('expected { id = "...", handle = "..." }', *key, "account")
        account = {}
    days = _value(DAYS, table[_RETENTION], faults, *key, _RETENTION) if _RETENTION in table else None
    return SourceConfig(
        name=name, platform=platform, options=options, account=account, file=faults.file, retention_days=days
    )


def _unknown_platform(faults: _Faults, platform: str, *key: str) -> None:
    near, installed = _near(platform, names()), ", ".join(names())
    if near:
        faults.fault(
            "unknown platform {platform}; did you mean {near}? Installed: {installed}",
            *key,
            platform=repr(platform),
            near=near,
            installed=installed,
        )
    else:
        faults.fault(
            "unknown platform {platform}; installed: {installed}", *key, platform=repr(platform), installed=installed
        )


def _alerts(table: object, faults: _Faults) -> AlertRules:
    """Read `[alerts]` and the channels below it, whose secrets are references like any other."""
    rest = {key: value for key, value in table.items() if key != "to"} if isinstance(table, dict) else table
    rules = _table(AlertRules, rest, faults, "alerts") or AlertRules()
    named = table.get("to", {}) if isinstance(table, dict) else {}
    if not isinstance(named, dict):
        faults.fault("expected a table: [{name}]", "alerts", "to", name="alerts.to.NAME")
        return rules
    channels = {name: _table(Channel, channel, faults, "alerts", "to", name) for name, channel in named.items()}
    return structs.replace(rules, to={name: channel for name, channel in channels.items() if channel is not None})


def _keys(table: object, faults: _Faults) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        faults.fault("expected a table: [{name}]", "keys", name="keys")
        return {}
    bound: dict[str, tuple[str, ...]] = {}
    for command, value in table.items():
        chosen = _value(str | tuple[str, ...], value, faults, "keys", command)
        if chosen is not None:
            bound[command] = (chosen,) if isinstance(chosen, str) else chosen
    return bound


def _absolute(house: House, folder: Path) -> House:
    return House(
        facts=str(folder / Path(house.facts).expanduser()) if house.facts else "",
        templates=str(folder / Path(house.templates).expanduser()) if house.templates else "",
        charter=str(folder / Path(house.charter).expanduser()) if house.charter else "",
    )


def _value(kind: Any, value: object, faults: _Faults, *key: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        _type_fault(faults, error, *key)
        return None


def _table(kind: type[_T], table: object, faults: _Faults, *key: str) -> _T | None:
    """Read one table into its struct, going on after each fault so that all of them are told at once."""
    if not isinstance(table, dict):
        faults.fault("expected a table: [{name}]", *key, name=".".join(key))
        return None
    before = len(faults.found)
    known = fields(kind)
    for name in table.keys() - {field.encode_name for field in known}:
        _unknown_key(faults, [field.encode_name for field in known], *key, name)
    values = {
        field.name: _field(field, table, faults, *key) for field in known if _is_given(field, table, faults, *key)
    }
    if len(faults.found) > before:
        return None
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:  # what a __post_init__ refuses; it may begin with the key's name
        name, colon, what = str(error).partition(": ")
        blamed = (name,) if colon and name in values else ()
        faults.fault("{what}", *key, *blamed, what=what if blamed else str(error))
        return None


def _is_given(field: FieldInfo, table: Mapping[str, Any], faults: _Faults, *key: str) -> bool:
    if field.encode_name in table:
        return True
    if field.default is NODEFAULT and field.default_factory is NODEFAULT:
        faults.fault("is missing", *key, field.encode_name)
    return False


def _field(field: FieldInfo, table: Mapping[str, Any], faults: _Faults, *key: str) -> Any:
    value = table[field.encode_name]
    if field.type is Secret or Secret in get_args(field.type):
        try:
            return resolve(value, Path(faults.file).parent)
        except SecretError as error:
            faults.fault("{what}", *key, field.encode_name, passing=error.passing, what=str(error))
            return None
    return _value(field.type, value, faults, *key, field.encode_name)


# -- one source's connector ------------------------------------------------------------------------


def connector_of(source: SourceConfig) -> tuple[type[Connector], Options]:
    """Load a source's connector and read its options, secrets included.

    May take as long as the command that a secret comes from (at most `config_secrets.COMMAND_TIMEOUT`).

    Raises:
        ConfigError: nothing of that name is installed, it cannot be loaded, or its options are not what it wants.
    """
    faults = _Faults(source.file or "config.toml", _text(source.file))
    key = ("sources", source.name)
    try:
        connector = load(source.platform)
    except UnknownConnectorError:
        _unknown_platform(faults, source.platform, *key, "platform")
    except BrokenConnectorError as error:
        faults.fault("{what}", *key, "platform", passing=True, what=_sentence(error))
    faults.stop_if_any()
    options = _table(connector.options_type, source.options, faults, *key)
    faults.stop_if_any()
    assert options is not None
    return connector, options


def _sentence(error: ConnectorError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message


def _text(file: str) -> str:
    try:
        return Path(file).read_text() if file else ""
    except (OSError, UnicodeDecodeError):
        return ""
