"""What scoring loads: each claim is tried in a process of its own."""

from __future__ import annotations

import pytest

from test_startup import after

# Modules asked for are written down too: what is not installed here may be elsewhere.
WATCH = """
class Watch:
    asked = []
    def find_spec(name, path=None, target=None):
        Watch.asked.append(name)
sys.meta_path.insert(0, Watch)
import newsclean
def cleaned(text, **options):
    report = newsclean.Cleaner(**options).analyze(text)
    assert report.error is None, report.error
    return report.text
line = "The council met on Tuesday and agreed to mend the roof of the library before the winter."
article = "\\n\\n".join([line] * 4)
scored = article + "\\n\\nThe end of the council's story for this year, and a good night to all."
assert len(scored) >= 400
"""
ENOUGH = "cleaned(scored)"
NOT_ENOUGH = {
    "four lines": "cleaned(article + ' ' + line)",
    "399 characters": "cleaned(scored[:399])",
    "four lines with junk": "cleaned(line + ' ' + line + '\\n\\n' + line + '\\n\\n' + line + '\\n\\nLeave a Reply')",
    "a sentence of 999 characters": "cleaned((line + ' ') * 11 + 'x' * (999 - 11 * 89))",
    "a text that is not to be scored": "cleaned(scored, scorer=False)",
    "junk in a text that is not to be scored": "cleaned(scored + '\\n\\nLeave a Reply', scorer=False)",
}
SCORER = ("numpy", "newsclean.scoring.model", "newsclean.decision.scored")
NEVER = ("lightgbm", "sklearn", "scipy", "newsclean.training", "joblib", "pandas", "matplotlib")


def loaded(code: str) -> set[str]:
    """The modules loaded or asked for by the time `code` has run."""
    modules, asked = after(WATCH + code, "Watch.asked")
    return {*modules, *asked}


@pytest.fixture(scope="module")
def by_scoring() -> set[str]:
    return loaded(ENOUGH)


@pytest.mark.parametrize("module", SCORER)
def test_a_longer_text_loads_the_scorer(by_scoring: set[str], module: str) -> None:
    assert module in by_scoring


@pytest.mark.parametrize("module", NEVER)
def test_scoring_does_not_load_what_only_training_needs(by_scoring: set[str], module: str) -> None:
    assert not {name for name in by_scoring if name == module or name.startswith(f"{module}.")}


@pytest.mark.parametrize("text", NOT_ENOUGH)
def test_a_text_that_is_not_scored_loads_nothing_of_the_scorer(text: str) -> None:
    modules = loaded(NOT_ENOUGH[text])
    assert "newsclean.cleaner" in modules
    assert not modules & {"numpy", "newsclean.scoring.model", "newsclean.decision.scored"}
