"""What an object holds on to: the bytes of everything that can be reached from it and from nowhere else in particular."""

import gc
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
"""What is the program's, not the object's."""


def held(root: object) -> int:
    """Return the bytes of all objects that can be reached from `root`, code aside, each counted once."""
    seen: dict[int, object] = {}
    waiting = [root]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, _SHARED):
            continue
        seen[id(each)] = each
        waiting.extend(gc.get_referents(each))
    return sum(map(sys.getsizeof, seen.values()))
