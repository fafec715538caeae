"""Build step: index the rule packs, so that an installed newsclean starts quickly."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):
    """Runs before the wheel (or an editable install) is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into ``rules/compiled``, which is not kept in version control."""
        del version, build_data
        sys.path.insert(0, str(Path(self.root, "src")))
        from newsclean.rules.ruleset import compile_shipped

        compile_shipped()
