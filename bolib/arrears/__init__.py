"""What borrowers owe and have not paid: since when, for how long, and whether that is a default.

Two counters, never mixed:

- *contractual*: payments are allocated as the law says (`allocation`); days past due run from the due date
  of the oldest instalment that is not wholly paid, days of a pause left out (`contractual`);
- *prudential*: days on which the amount past due exceeds both thresholds of materiality; one day below either
  sets it back to nothing (`materiality`). Default begins on the day after the last day allowed, and lasts until
  its probation is over (`default`).

An instalment is past due from the day after its due date. A payment counts from its value date, once the bank
has received it, and not at all once it was returned. `count_days` says all this as of several evenings, with what
was known on each; `allocate` says what is left of each instalment. Both are kernels: rows in any order, whole
borrowers at a time, exact to the cent.

The *unit* of the prudential counter is the loan where the borrower is judged facility by facility, or else the
borrower, whose loans then stand and fall together.
"""

from bolib.arrears.allocation import LEDGER, allocate
from bolib.arrears.backstop import Deduction, deductions
from bolib.arrears.counters import COLUMNS, count_days
from bolib.arrears.terms import Materiality, Terms

__all__ = ["COLUMNS", "LEDGER", "Deduction", "Materiality", "Terms", "allocate", "count_days", "deductions"]
