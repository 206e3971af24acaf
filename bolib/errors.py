"""What stops a run: the run cannot be trusted, so it ends with one line and no report is replaced.

A broken rule of the bank is not an error but a finding (`findings.py`); a bad row in a
sound table is set aside (`load.py`).
"""


class BolibError(Exception):
    """One line: where, what was expected, what was found, what to do next."""

    def __init__(self, where: str, expected: str, found: str, remedy: str):
        self.where, self.expected, self.found, self.remedy = where, expected, found, remedy
        super().__init__(where, expected, found, remedy)

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, found {self.found}. {self.remedy}"


class SourceError(BolibError):
    """A file, folder or query that cannot be read as the table it should be."""


class ParameterError(BolibError):
    """A parameter, threshold, option or date the user gave that cannot be used."""


class RuleError(BolibError):
    """A control or rule whose own text is wrong: header, columns, validity, citation."""


class CalendarError(BolibError):
    """A date outside the range a business calendar knows."""


class NotebookError(BolibError):
    """A notebook that did not run to its end."""
