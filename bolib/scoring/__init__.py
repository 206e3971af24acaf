"""Kernels that tell what is unusual, each with the figures it was judged by.

`moves` compares a move with those before it, `rare` finds rows that say together what is never said together,
`surprises` counts of pairs that meet more seldom than they would by chance, `outliers` amounts far from those of their
kind, `quotes` prices that leave their market or stop moving, `schedules` what an instalment should be. Logarithms are
rounded to hundredths before anything is compared, sums are of whole numbers or in the order of the values: the same
rows give the same alerts in any order, on any engine.
"""

from bolib.scoring.moves import MOVES, moves
from bolib.scoring.outliers import OUTLIERS, outliers
from bolib.scoring.quotes import QUOTES, quotes
from bolib.scoring.rare import RARE, rare
from bolib.scoring.schedules import SCHEDULES, schedules
from bolib.scoring.surprises import SURPRISES, surprises

__all__ = [
    "MOVES",
    "OUTLIERS",
    "QUOTES",
    "RARE",
    "SCHEDULES",
    "SURPRISES",
    "moves",
    "outliers",
    "quotes",
    "rare",
    "schedules",
    "surprises",
]
