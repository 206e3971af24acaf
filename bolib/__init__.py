"""bolib: the back-office analyst's workbench. Loads with proof, controls, values, and shows why."""

import sys

# jsonschema imports rfc3987_syntax, which compiles 38 grammars (1-2 s) that nothing here uses.
sys.modules.setdefault("rfc3987_syntax", None)

__version__ = "0.1.0"
