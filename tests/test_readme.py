"""The Python that the documents show runs, and what it says to be equal is."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import newsclean
from labelled_folder import made_page

ROOT = Path(__file__).parent.parent
TEXT = "\n\n".join(f"On day {n} the river rose by a hand. The mill stood in water." for n in range(9))
_BLOCK = re.compile(r"^```(python|toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    return [code for told, code in _BLOCK.findall((ROOT / name).read_text("utf-8")) if told == language]


def given() -> dict[str, Any]:
    """The names that the documents take for granted."""
    text = f"{TEXT}\n\nThis news has been read 731 times!\n\nLeave a Reply"
    html = made_page(1, 0, "article")[0].encode()
    return {
        "newsclean": newsclean,
        "text": text,
        "texts": [text, ""],
        "html": html,
        "pages": [html, (html, None)],
    }


def run(code: str, names: dict[str, Any]) -> int:
    """Run a block; what stands in it as a comparison has to hold. How many there were."""
    compared = 0
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Compare):
            assert eval(ast.unparse(statement), names), ast.unparse(statement)
            compared += 1
        else:
            exec(compile(ast.Module([statement], []), "block", "exec"), names)
    return compared


@pytest.mark.parametrize("name", ["README.md", "docs/pages.md"])
def test_the_python_of_a_document_runs(name: str, here: Path) -> None:
    (here / "mine.toml").write_text(blocks("README.md", "toml")[0], encoding="utf-8")
    names = given()
    compared = [run(code, names) for code in blocks(name, "python")]
    assert len(compared) > 2
    assert sum(compared) == (3 if name == "README.md" else 0)


def test_the_readme_finds_what_it_shows() -> None:
    names = given()
    for code in blocks("README.md", "python")[:1]:
        run(code, names)
    assert [piece.category for piece in names["report"].junk] == ["counter", "comment_template"]


def test_a_comparison_that_does_not_hold_is_found() -> None:
    with pytest.raises(AssertionError, match="1 == 2"):
        run("1 == 1\n1 == 2", {})


def test_links_between_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
