"""The FEC in XML (schema A47A-I-VII-1): comptabilite / exercice / journal / ecriture / ligne."""

from collections.abc import Iterator
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats.fec.irregular import Irregularities
from bolib.formats.xml import Node, read_xml

ALIASES = {"compteauxnum": "compauxnum", "compteauxlib": "compauxlib"}


def markup_lines(path: Path, told: Irregularities) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, fields by name without capitals) of each ligne, with what its entry and journal say of it."""
    root = read_xml(path)
    if root.name != "comptabilite":
        remedy = "Ask the sender for the file again."
        raise SourceError(f"{path}, line {root.line}", "the element comptabilite", root.name, remedy)
    place = 0
    for year in root.all("exercice"):
        if not year.read("DateCloture"):
            told.note("C-02", "no DateCloture in the exercice", year.line)
        for journal in year.all("journal"):
            for entry in journal.all("ecriture"):
                above = _said(journal) | _said(entry)
                for line in entry.all("ligne"):
                    place = max(place + 1, line.line)
                    yield place, _written(above | _said(line))


def _said(node: Node) -> dict[str, str]:
    """Return the texts directly below an element, by name."""
    found = {child.name.lower(): (child.text or "").strip() for child in node if not len(child)}
    return {ALIASES.get(name, name): text for name, text in found.items()}


def _written(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields as a flat file writes them: XML has its own dates and its own decimal mark."""
    for name in ("ecrituredate", "piecedate", "datelet", "validdate"):
        fields[name] = fields.get(name, "").replace("-", "")
    for name in ("debit", "credit", "montant", "montantdevise"):
        fields[name] = fields.get(name, "").replace(".", ",")
    return fields
