"""Any two files: which rows are the same, which differ and where, which stand on one side only, which stand twice.

Rows meet by the columns of `on`, and are compared on those of `compare`. A row is used once; of rows with the same
key, those equal in everything pair first, and what then could be several things is not decided: it is a duplicate.
Everything runs on the engine and out of core, whatever the size of the files.
"""

from bolib.comparison.ask import Question, Tolerance, asked
from bolib.comparison.judge import CLASSES, Outcome, compared

MEMORY = "800MB"
"""What the engine takes unless told otherwise: more makes it no faster, the rest goes to disk."""

__all__ = ["CLASSES", "MEMORY", "Outcome", "Question", "Tolerance", "asked", "compared"]
