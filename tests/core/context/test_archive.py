import io
import zipfile
from pathlib import Path

import pytest

from koppelkans.context.reading.archive import (
    Breaks,
    documents,
    features,
    guard,
    is_zip,
    member_head,
    names_in,
    nothing_in,
)
from koppelkans.ground.errors import InputError


def archive(path: Path, members: dict[str, bytes], *, packed: bool = True) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def walked(xml: bytes, tag: str = "f") -> tuple[list[str], Breaks]:
    """Return the text of every feature, and what was told."""
    faults: Breaks = []
    found = [element.text or "" for element in features(io.BytesIO(xml), (tag,), place=("a.xml", ""), faults=faults)]
    return found, faults


def test_members_come_in_the_order_of_their_names(tmp_path: Path):
    path = archive(tmp_path / "a.zip", {"b.gml": b"2", "a.gml": b"1", "c.txt": b"3"})
    assert [(name, stream.read()) for name, stream in documents(path, "a.zip", ".gml")] == [
        ("a.gml", b"1"),
        ("b.gml", b"2"),
    ]


def test_a_file_that_is_no_archive_is_its_own_document(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<x/>")
    assert not is_zip(path)
    assert [(name, stream.read()) for name, stream in documents(path, "a.xml", ".xml")] == [("", b"<x/>")]
    assert list(member_head(path, ".xml")) == [b"<x/>"]


@pytest.mark.parametrize("name", ["../boven.gml", "/etc/wacht.gml", "C:\\weg.gml", "a/../../b.gml"])
def test_a_path_that_leads_outside_the_archive_is_refused(tmp_path: Path, name: str):
    with pytest.raises(InputError, match="paths outside itself"):
        guard(archive(tmp_path / "a.zip", {name: b"x"}), "a.zip")


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="unpacks to"):
        guard(archive(tmp_path / "a.zip", {"a.gml": b"0" * 20_000_000}), "a.zip")


def test_a_small_member_may_be_packed_tightly(tmp_path: Path):
    assert len(guard(archive(tmp_path / "a.zip", {"a.gml": b"0" * 900_000}), "a.zip")) == 1


def test_far_too_many_members_are_refused(tmp_path: Path):
    with pytest.raises(InputError, match="members in one archive: 10001"):
        guard(archive(tmp_path / "a.zip", {f"{n}": b"" for n in range(10_001)}, packed=False), "a.zip")


def test_an_archive_with_a_password_is_told(tmp_path: Path):
    path = archive(tmp_path / "a.zip", {"a.gml": b"x"})
    listed = bytearray(path.read_bytes())
    listed[listed.index(b"PK\x01\x02") + 8] |= 1  # the bit that says that a member is locked
    path.write_bytes(bytes(listed))
    with pytest.raises(InputError, match="password"):
        guard(path, "a.zip")
    assert list(member_head(path, ".gml")) == []


def test_a_damaged_archive_is_told(tmp_path: Path):
    path = archive(tmp_path / "a.zip", {"a.gml": b"x" * 100})
    path.write_bytes(path.read_bytes()[:60])
    assert is_zip(path)
    assert names_in(path) == ()
    assert list(member_head(path, ".gml")) == []
    with pytest.raises(InputError, match="damaged"):
        guard(path, "a.zip")


def test_features_are_read_one_by_one():
    assert walked(b"<r><f>1</f><g>x</g><f>2</f></r>") == (["1", "2"], [])


def test_a_document_that_breaks_off_keeps_what_stood_before():
    found, (fault,) = walked(b"<r><f>1</f><f>2</f><f>3")
    assert found == ["1", "2"]
    assert "after feature 2" in fault.found


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE r [<!ENTITY a "aaaa">]><r><f>&a;</f></r>',
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r><f>&a;</f></r>',
        b"<!--" + b"x" * 9_000 + b'--><!DOCTYPE r [<!ENTITY a "aaaa">]><r><f>&a;</f></r>',
        '<!DOCTYPE r [<!ENTITY a "aaaa">]><r><f>&a;</f></r>'.encode("utf-16"),
    ],
)
def test_a_document_that_declares_entities_is_refused(xml: bytes):
    found, (fault,) = walked(xml)
    assert found == []
    assert "bomb" in fault.found


def test_a_bomb_of_entities_hidden_behind_a_long_comment_does_not_go_off():
    layers = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    xml = f'<!--{"x" * 9_000}--><!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{layers}]><r><f a="&e12;"/></r>'
    found, (fault,) = walked(xml.encode())
    assert found == []
    assert "breaks off" in fault.found or "bomb" in fault.found


def test_nothing_in_a_document_is_fatal_with_its_own_reason():
    (fault,) = nothing_in("a.xml", "features", []).faults
    assert fault.fatal
    assert fault.found == "no features"
    _, faults = walked(b"not xml at all")
    (told,) = nothing_in("a.xml", "features", faults).faults
    assert told.fatal
    assert "breaks off" in told.found


def test_a_link_in_an_archive_is_refused(tmp_path: Path):
    link = zipfile.ZipInfo("a.gml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/hosts")
    with pytest.raises(InputError, match="with links"):
        guard(tmp_path / "a.zip", "a.zip")


def test_a_member_that_says_it_is_larger_than_its_archive_is_not_asked_for(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x" * 100)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 20 : at + 24] = (3_000_000_000).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(InputError, match="a damaged zip archive"):
        guard(path, "a.zip")
