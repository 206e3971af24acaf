"""XML from outside: a tree whose elements know their line. No DTD, no entity, no file, no network; bounded in size."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bolib.errors import SourceError

LARGEST = 2**30
"""Bytes of one message; more is no statement."""

DEEPEST = 100
"""Elements inside one another; more is an attack."""


class Node(Element):
    """An element with the line on which it starts, found by the local names of its path."""

    line: int = 0

    @property
    def name(self) -> str:
        """Return the name without its namespace: the versions of a message differ in little else."""
        return self.tag.rpartition("}")[2]

    def all(self, path: str) -> Iterator["Node"]:
        """Yield the elements below, by local names: `all("Bal/Amt")`."""
        name, _, rest = path.partition("/")
        for child in self:
            if child.name == name:
                yield from child.all(rest) if rest else [child]

    def first(self, *paths: str) -> "Node | None":
        """Return the first element of the first path that has one."""
        return next((node for path in paths for node in self.all(path)), None)

    def read(self, *paths: str) -> str | None:
        """Return the text of the first path that has one, without blanks around it."""
        texts = (node.text.strip() for path in paths for node in self.all(path) if node.text and node.text.strip())
        return next(texts, None)


class _Lines(TreeBuilder):
    """Builds nodes and notes on which line each starts."""

    parser: DefusedXMLParser

    def __init__(self):
        super().__init__(element_factory=Node)
        self.depth = 0

    def start(self, tag, attributes):
        """Open an element, with its line; too many inside one another are refused."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ParseError(f"more than {DEEPEST} elements inside one another")
        node = super().start(tag, attributes)
        node.line = self.parser.parser.CurrentLineNumber
        return node

    def end(self, tag):
        """Close an element."""
        self.depth -= 1
        return super().end(tag)


def read_xml(path: Path) -> Node:
    """Return the root of an XML file; what is not well formed, or reaches outside itself, is refused."""
    if path.stat().st_size > LARGEST:
        raise SourceError(str(path), f"at most {LARGEST:,} bytes", f"{path.stat().st_size:,}", "Split the file.")
    builder = _Lines()
    builder.parser = parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        with open(path, "rb") as stream:
            while part := stream.read(2**20):
                parser.feed(part)
        return parser.close()
    except ParseError as error:
        place = parser.parser.CurrentLineNumber
        remedy = "Ask the sender for the file again."
        raise SourceError(f"{path}, line {place}", "well-formed XML", str(error), remedy) from error
    except DefusedXmlException as error:
        place = parser.parser.CurrentLineNumber
        found = type(error).__name__
        raise SourceError(f"{path}, line {place}", "XML without DTD or entities", found, "Refuse the file.") from error
