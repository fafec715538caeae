from __future__ import annotations

import pytest

from labelled_folder import made_folder
from newsclean.html.naming import Naming
from newsclean.training.html import judges
from newsclean.training.html.naming import fit_naming
from newsclean.training.html.records import read_records


@pytest.fixture(scope="module")
def naming(tmp_path_factory: pytest.TempPathFactory) -> Naming:
    return fit_naming(read_records([made_folder(tmp_path_factory.mktemp("made") / "pages")])[0])


@pytest.mark.parametrize("seed", ["made/1", "made/2", "made/3", "made/4"])
def test_thinned_weights_are_some_of_them(seed: str, naming: Naming) -> None:
    thin, again = (judges._thinned(naming, seed) for _ in range(2))
    assert thin.names.items() <= naming.names.items()
    assert thin.words.items() <= naming.words.items()
    assert len(thin.names) < 0.9 * len(naming.names)
    assert len(thin.words) < 0.9 * len(naming.words)
    assert (thin.names, thin.words) == (again.names, again.words)
    assert (thin.types, thin.type_weights.tolist()) == (naming.types, naming.type_weights.tolist())


def test_pages_are_thinned_each_in_its_way(naming: Naming) -> None:
    shares = [len(judges._thinned(naming, f"{at}").names) / len(naming.names) for at in range(60)]
    assert min(shares) == 0
    assert 0.4 < max(shares) < 0.95
    assert len(set(shares)) > 10
