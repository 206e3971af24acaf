"""bolib: the back-office analyst's workbench. Loads with proof, controls, values, and shows why."""

import sys
from pathlib import Path

# jsonschema imports rfc3987_syntax, which compiles 38 grammars (1-2 s) that nothing here uses.
sys.modules.setdefault("rfc3987_syntax", None)

PROJECT = Path(__file__).parent.parent
"""The folder that holds bolib, the notebooks and the parameters, wherever a kernel was started."""

__version__ = "0.1.0"
