"""Compiling the kernel: ``python -m newsclean.native.building``, and the build of a wheel.

Any C compiler will do; without one, ``pip install ziglang`` brings a compiler as a Python package.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

__all__ = ["LIBRARY", "SOURCES", "BuildError", "build", "digest"]

SOURCES = Path(__file__).parent / "c"
#: Where the compiled kernel stands, with the digest of its sources beside it.
LIBRARY = Path(__file__).parent / ("kernel.dll" if os.name == "nt" else "kernel.so")
# Nothing may be reassociated or contracted: results are those of numpy, to the last bit, on every machine.
_FLAGS = ("-std=c11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fvisibility=hidden", "-shared")


class BuildError(RuntimeError):
    """The kernel could not be compiled; the message says what the compiler said."""


def digest() -> str:
    """A checksum of the kernel's sources: by it a compiled kernel is known to be current."""
    made = hashlib.blake2b(digest_size=8)
    for path in sorted([*SOURCES.glob("*.c"), *SOURCES.glob("*.h")]):
        made.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return made.hexdigest()


def compilers() -> list[list[str]]:
    """The C compilers at hand, as the beginnings of command lines."""
    import shlex
    import shutil
    import sysconfig

    found = [shlex.split(os.environ["CC"])] if os.environ.get("CC") else []
    configured = shlex.split(sysconfig.get_config_var("CC") or "")[:1]
    for name in (*configured, "cc", "gcc", "clang"):
        if shutil.which(name) and [name] not in found:
            found.append([name])
    try:
        import ziglang  # type: ignore[import-not-found,unused-ignore] # not a dependency: a compiler for those without
    except ImportError:
        return found
    del ziglang
    return [*found, [sys.executable, "-m", "ziglang", "cc"]]


def build(force: bool = False) -> bool:
    """Compile the kernel if it is not current; whether that was necessary.

    Raises:
        BuildError: no compiler, or one that fails.
    """
    # a process that only loads the kernel does without what compiling takes
    import platform
    import subprocess

    current = digest()
    stamp = LIBRARY.with_suffix(".digest")
    if not force and LIBRARY.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return False
    said = ["no C compiler found: install one, or `pip install ziglang`"]
    sources = [str(path) for path in sorted(SOURCES.glob("*.c"))]
    made = LIBRARY.with_suffix(f".{os.getpid()}.tmp")
    flags = [*_FLAGS, *(["-fPIC"] if os.name != "nt" else [])]
    for compiler in compilers():
        command = [
            *compiler,
            *flags,
            f'-DNC_DIGEST="{current}"',
            "-o",
            str(made),
            *sources,
            *(["-lm"] if os.name != "nt" else []),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            stamp.unlink(missing_ok=True)
            os.replace(made, LIBRARY)
            stamp.write_text(current, encoding="ascii")
            return True
        said.append(f"{compiler[0]}: {done.stderr.strip()[-2000:]}")
    made.unlink(missing_ok=True)
    raise BuildError(
        f"the kernel cannot be compiled on {platform.platform()}: " + "; ".join(said[1:] or said)
    )


def main() -> int:
    """Compile the kernel if it is not current (or always, with ``--force``); 1 if that cannot be."""
    try:
        print("compiled" if build(force="--force" in sys.argv) else "current")  # noqa: T201 - a command
    except BuildError as error:
        print(f"newsclean: {error}", file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
