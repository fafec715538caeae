"""What a user gets: the wheel built from the source archive, installed away from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

import newsclean
from newsclean.native import building
from newsclean.rules.ruleset import language_folders

pytest.importorskip("hatchling", reason="the packaging tests build a wheel")
pytest.importorskip("pip", reason="the packaging tests install a wheel")

ROOT = Path(__file__).parent.parent
PAGE = "Rain fell all day.\n\nThis news has been read 731 times!\n\nThe river rose.\n\nLeave a Reply\n"
ARTICLE = "Rain fell all day.\n\nThe river rose.\n"


@dataclass(frozen=True)
class Installed:
    """The archive's and the wheel's file names, and a folder that holds the installed package."""

    archived: frozenset[str]
    packed: frozenset[str]
    metadata: Message
    tags: tuple[str, ...]
    folder: Path

    def python(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run Python where this package is found and the checkout is not."""
        return subprocess.run(
            [sys.executable, *args],
            cwd=self.folder.parent, env={**os.environ, "PYTHONPATH": str(self.folder)},
            input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip


def run(*args: object, cwd: Path) -> None:
    done = subprocess.run(
        [sys.executable, *map(str, args)], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    work = tmp_path_factory.mktemp("packaging")
    run("-c", f"from hatchling.build import build_sdist; build_sdist({str(work)!r})", cwd=ROOT)
    (archive,) = work.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        archived = frozenset(name.partition("/")[2] for name in tar.getnames())
        tar.extractall(work / "source", filter="data")
    (source,) = (work / "source").iterdir()
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", work, source, cwd=work)
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        packed = frozenset(file.namelist())
        (metadata,) = (name for name in packed if name.endswith(".dist-info/METADATA"))
        about = message_from_string(file.read(metadata).decode("utf-8"))
        (kind,) = (name for name in packed if name.endswith(".dist-info/WHEEL"))
        tags = message_from_string(file.read(kind).decode("utf-8")).get_all("Tag", [])
    run(*pip, "install", "--no-deps", "--no-index", "--target", work / "installed", wheel, cwd=work)
    return Installed(archived, packed, about, tuple(tags), work / "installed")


def test_the_package_that_runs_is_the_installed_one(installed: Installed) -> None:
    found = installed.python("-c", "import newsclean; print(newsclean.__file__)").stdout
    assert Path(found.strip()) == installed.folder / "newsclean/__init__.py"


def test_the_command_line_runs_outside_the_checkout(installed: Installed) -> None:
    ran = installed.python("-m", "newsclean", "clean", stdin=PAGE)
    assert (ran.returncode, ran.stdout) == (0, ARTICLE)


@pytest.mark.skipif(not building.compilers(), reason="there is no C compiler")
def test_the_kernel_comes_along_and_is_loaded(installed: Installed) -> None:
    ran = installed.python("-c", "from newsclean.native.loading import kernel; print(kernel() is not None)")
    assert (ran.returncode, ran.stdout) == (0, "True\n"), ran.stderr
    (tag,) = installed.tags
    assert tag.startswith("py3-none-"), "one wheel a platform serves every Python"
    assert tag != "py3-none-any"


def test_the_console_script_is_there_and_runs(installed: Installed) -> None:
    (script,) = (installed.folder / "bin").glob("newsclean*")
    ran = installed.python(str(script), "--version")
    assert (ran.returncode, ran.stdout) == (0, f"newsclean, version {newsclean.__version__}\n")


def test_the_library_runs_outside_the_checkout(installed: Installed) -> None:
    ran = installed.python(
        "-c", "import sys, newsclean; print(newsclean.clean(sys.stdin.read()), end='')", stdin=PAGE
    )
    assert (ran.returncode, ran.stdout) == (0, ARTICLE), ran.stderr


def test_the_scorer_runs_outside_the_checkout_without_what_trains_it(installed: Installed) -> None:
    code = (
        "import sys, newsclean\n"
        "text = '\\n\\n'.join(['The river rose by a metre on Sunday, and the mill had to be left in the night.'] * 6)\n"
        "assert newsclean.analyze(text).error is None\n"
        "print('newsclean.scoring.scorer' in sys.modules, 'lightgbm' in sys.modules, 'sklearn' in sys.modules)"
    )
    ran = installed.python("-c", code)
    assert (ran.returncode, ran.stdout) == (0, "True False False\n"), ran.stderr


def test_every_module_can_be_imported(installed: Installed) -> None:
    names = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in sorted(installed.packed)
        if name.endswith(".py") and not name.endswith("__main__.py")
    ]
    assert len(names) > 20
    ran = installed.python("-c", "".join(f"import {name}\n" for name in names))
    assert ran.returncode == 0, ran.stderr


def test_all_of_the_source_is_packed(installed: Installed) -> None:
    source = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/newsclean").rglob("*")
        if path.suffix in (".py", ".toml", ".txt", ".typed", ".npz", ".md")
    }
    assert {
        "newsclean/py.typed",
        "newsclean/rules/dates.txt",
        "newsclean/scoring/data/scorer.npz",
        "newsclean/scoring/data/MODEL_CARD.md",
    } <= source
    assert source - installed.packed == set()


def test_every_pack_is_compiled(installed: Installed) -> None:
    compiled = {name for name in installed.packed if name.startswith("newsclean/rules/compiled/")}
    assert {f"newsclean/rules/compiled/{language}.json" for language in language_folders()} <= compiled


def test_no_pack_has_to_be_read_from_its_toml(installed: Installed) -> None:
    ran = installed.python(
        "-c",
        "import sys\nfrom newsclean.rules.ruleset import language_folders, load_shipped\n"
        "assert all(load_shipped(language).heads for language in language_folders())\n"
        "print('tomllib' in sys.modules)",
    )
    assert (ran.stdout, ran.returncode) == ("False\n", 0), ran.stderr


def test_nothing_else_is_packed(installed: Installed) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in installed.packed} == {"newsclean"}
    assert [name for name in installed.packed if "__pycache__" in name or "tests" in name] == []


def test_the_archive_holds_what_builds_and_tests_it(installed: Installed) -> None:
    needed = {
        "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "Makefile",
        "tests/test_packaging.py", "tests/strategies.py", "fixtures/documents/en.jsonl", "labels/hand.jsonl.gz",
    }  # fmt: skip
    assert needed - installed.archived == set()
    assert [name for name in installed.archived if name.startswith("src/newsclean/rules/compiled/")] == []


def test_the_metadata_says_what_it_is_and_needs(installed: Installed) -> None:
    about = installed.metadata
    assert (about["Name"], about["Version"]) == ("newsclean", newsclean.__version__)
    assert about["Requires-Python"] == ">=3.11"
    assert about["License-Expression"] == "MIT"
    needs = {
        re.split("[<>]", need)[0] for need in about.get_all("Requires-Dist", []) if "extra ==" not in need
    }
    assert needs == {
        "ahocorasick-rs", "click", "faust-cchardet", "google-re2", "numpy", "pycld2", "selectolax", "sentencex",
    }  # fmt: skip
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in installed.packed)
