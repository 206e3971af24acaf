"""XML from outside reaches neither files nor network, and cannot grow without bound."""

import pytest

from bolib.errors import SourceError
from bolib.formats.xml import read_xml

ATTACKS = {
    "a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "the network": '<!DOCTYPE a SYSTEM "http://localhost:1/a.dtd"><a/>',
    "expansion": '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
    "depth": "<a>" * 5000 + "</a>" * 5000,
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "attack.xml"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"attack\.xml, line 1: expected .*\. "):
        read_xml(path)


def test_what_is_not_well_formed_is_refused_where_it_breaks(tmp_path):
    path = tmp_path / "broken.xml"
    path.write_text("<a>\n<b>\n</a>")
    with pytest.raises(SourceError, match=r"broken\.xml, line 3: expected well-formed XML, found mismatched tag"):
        read_xml(path)


def test_a_node_knows_its_line_and_its_local_name(tmp_path):
    path = tmp_path / "good.xml"
    path.write_text('<a xmlns="urn:x">\n<b><c>1</c></b>\n<b><c> 2 </c></b></a>')
    root = read_xml(path)
    assert [node.line for node in root.all("b")] == [2, 3] and root.read("d", "b/c") == "1"
    assert [node.name for node in root.all("b/c")] == ["c", "c"]
