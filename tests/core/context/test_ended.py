from io import BytesIO

import pytest
from lxml import etree

from koppelkans.context.readers.bgt import ENDS, TAGS
from koppelkans.context.reading import ended
from koppelkans.context.reading.ended import WithoutEnded

END = "<g:eindRegistratie>2020-01-01</g:eindRegistratie>"
MEMBERS = [
    "<m:{tag}><o><g:id>levend</g:id></o></m:{tag}>",
    f"<m:{{tag}} x='1'><o><g:id>weg</g:id>{END}</o></m:{{tag}}>",
    "<m:{tag}><o><g:eindRegistratie/><g:id>leeg</g:id></o></m:{tag}>",
    f"<m:{{tag}}><o><g:id>dieper</g:id><g:deel>{END}</g:deel></o></m:{{tag}}>",
    f"<m:{{tag}}><o><!-- {END} --><g:id>uitleg</g:id></o></m:{{tag}}>",
    "<m:{tag}/>",
    f"<m:{{tag}}><o>{END}<g:punt><g:pos>1 2</g:pos></g:punt></o></m:{{tag}}>",
    "<m:{tag}><o><g:terminationDate>2021</g:terminationDate><g:id>ook weg</g:id></o></m:{tag}>",
]
GML = "<m:model xmlns:m='a' xmlns:g='b' xmlns='c'>\n{members}\n<m:rest>einde</m:rest></m:model>"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("at_once", [1, 7, 300, 2**20])
def test_only_members_of_which_the_object_ended_are_empty_and_none_is_lost(
    tag: str, at_once: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ended, "AT_ONCE", at_once)
    whole = GML.format(members="\n".join(one.format(tag=tag) for one in MEMBERS)).encode()
    made = etree.fromstring(_all(whole, at_once))
    assert len(made) == len(etree.fromstring(whole))
    ids = ["".join(member.itertext("{b}id")) for member in made]
    assert ids == ["levend", "", "leeg", "dieper", "uitleg", "", "", "", ""]
    assert made[-1].text == "einde"


def test_a_member_without_an_end_is_handed_on_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ended, "LONGEST", 1_000)
    monkeypatch.setattr(ended, "AT_ONCE", 100)
    broken = GML.format(members=f"<m:{TAGS[0]}><o>{END}" + "x" * 5_000).encode()
    assert _all(broken, 64) == broken


def _all(content: bytes, size: int) -> bytes:
    """Return what comes out of a stream, read so many bytes at a time."""
    stream = WithoutEnded(BytesIO(content), TAGS, ENDS)
    parts = []
    while part := stream.read(size):
        parts.append(part)
    return b"".join(parts)
