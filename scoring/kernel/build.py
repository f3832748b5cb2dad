"""Compiles the C of this folder into the wheel where a C compiler and Python's headers are at hand; without them the wheel is pure."""

import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NAME = "scoring._kernel"
_LOADS = "import sys; from importlib.machinery import ExtensionFileLoader as L; L(*sys.argv[1:]).load_module()"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in its configuration, of which there is none
    """Adds the compiled module to a wheel, and says when it cannot."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel with the module is one for this Python and machine alone."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        built = Path(self._folder.name, _NAME.rpartition(".")[2] + sysconfig.get_config_var("EXT_SUFFIX"))
        refused = _compile(sorted(Path(self.root, "scoring", "kernel").glob("*.c")), built)
        if refused:
            self.app.display_warning(f"becalm: scoring stays in Python, the same but slower: {refused}")
            return
        build_data["force_include"][str(built)] = f"scoring/{built.name}"
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        del version, build_data, artifact_path
        if self.target_name == "wheel":
            self._folder.cleanup()


def _compile(sources: list[Path], built: Path) -> str:
    """Compile and try whether it loads; the reason when it cannot be done, else nothing."""
    linker, *linking = shlex.split(sysconfig.get_config_var("LDSHARED") or "cc -shared")
    flags = shlex.split(f"{sysconfig.get_config_var('CFLAGS') or ''} {sysconfig.get_config_var('CCSHARED') or ''}")
    # Fused operations round differently: the tone would no longer be vaderSentiment's to the last bit.
    flags += ["-O3", "-g0", "-ffp-contract=off", f"-I{sysconfig.get_path('include')}"]
    compiler = shlex.split(os.environ.get("CC", linker))
    try:
        _run([*compiler, *linking, *flags, *map(str, sources), "-o", str(built)])
        _run([sys.executable, "-W", "ignore", "-c", _LOADS, _NAME, str(built)])
    except OSError as error:
        return str(error)
    except subprocess.CalledProcessError as error:
        return str(error.stdout).strip() or str(error)
    return ""


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603  # the compiler Python was built with, or the one the builder names
