"""Build steps: index the rule packs, so that an installed newsclean starts quickly, and compile the kernel."""

import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compile(BuildHookInterface):
    """Runs before the wheel (or an editable install) is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into ``rules/compiled`` and ``native``; what comes of it is not kept in version control."""
        del version
        sys.path.insert(0, str(Path(self.root, "src")))
        from newsclean.native.building import LIBRARY, BuildError, build
        from newsclean.rules.ruleset import compile_shipped

        compile_shipped()
        try:
            build()
        except BuildError as error:  # newsclean works without, only slower
            self.app.display_warning(f"newsclean is built without its kernel: {error}")
        if LIBRARY.exists():
            # needs no Python headers: one wheel a platform serves every version of Python
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
