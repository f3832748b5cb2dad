"""Anything of a type: values made from msgspec's own description of it, so that no field can be forgotten.

Texts come from a few words that are keys, ids and names at the same time: what one value names, another one is.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from builders import NOON
from msgspec import inspect

WORDS = ("museum", "c1", "c2", "museum/c1", "museum/c2", "e1", "e2", "marta", "lou", "w1", "p1", "", "Honte à vous 🙂")
MOMENTS = [NOON + timedelta(minutes=minutes) for minutes in (0, 1, 90, 60 * 24 * 3)] + [
    datetime(2031, 1, 1, tzinfo=UTC)
]

Make = Callable[[random.Random], Any]


@cache
def anything(kind: Any) -> Make:
    """Return what makes values of a type that msgspec can write and read."""
    return _of(inspect.type_info(kind))


def _of(info: inspect.Type) -> Make:
    return _MAKERS[type(info)](info)


def _one_of(values: Any) -> Make:
    return lambda chance: chance.choice(values)


def _union(info: Any) -> Make:
    makers = [_of(each) for each in info.types]
    return lambda chance: chance.choice(makers)(chance)


def _some(item: inspect.Type, collect: Callable[[Any], Any]) -> Make:
    make = _of(item)
    return lambda chance: collect(make(chance) for _ in range(chance.randrange(3)))


def _tuple(info: Any) -> Make:
    makers = [_of(each) for each in info.item_types]
    return lambda chance: tuple(make(chance) for make in makers)


def _dict(info: Any) -> Make:
    key, value = _of(info.key_type), _of(info.value_type)
    return lambda chance: {key(chance): value(chance) for _ in range(chance.randrange(3))}


def _struct(info: Any) -> Make:
    fields = {field.name: _of(field.type) for field in info.fields}
    return lambda chance: info.cls(**{name: make(chance) for name, make in fields.items()})


_MAKERS: dict[type, Callable[[Any], Make]] = {
    inspect.AnyType: lambda _: _one_of((*WORDS, 0, 2.5, True, None, ["e1"], {"lou": "c1"})),
    inspect.StrType: lambda _: _one_of(WORDS),
    inspect.BoolType: lambda _: _one_of((False, True)),
    inspect.IntType: lambda _: _one_of((0, 1, 2, 3)),
    inspect.FloatType: lambda _: _one_of((0.0, 0.125, 0.9)),
    inspect.NoneType: lambda _: _one_of((None,)),
    inspect.DateTimeType: lambda _: _one_of(MOMENTS),
    inspect.LiteralType: lambda info: _one_of(info.values),
    inspect.EnumType: lambda info: _one_of(list(info.cls)),
    inspect.UnionType: _union,
    inspect.VarTupleType: lambda info: _some(info.item_type, tuple),
    inspect.ListType: lambda info: _some(info.item_type, list),
    inspect.SetType: lambda info: _some(info.item_type, set),
    inspect.FrozenSetType: lambda info: _some(info.item_type, frozenset),
    inspect.TupleType: _tuple,
    inspect.DictType: _dict,
    inspect.StructType: _struct,
}
