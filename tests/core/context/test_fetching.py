"""Fetching: pages, faults, addresses and files."""

import json
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import httpx
import pytest
import shapely

from koppelkans.context.fetching.addresses import CheckedTransport, is_public
from koppelkans.context.fetching.bringing import FOLDER, FetchOrder, bring, wanted_box, wanted_code
from koppelkans.context.fetching.client import Pace, ServiceClient
from koppelkans.context.fetching.gathering import WantedArea
from koppelkans.context.fetching.journal import PageJournal
from koppelkans.context.fetching.lines import add_lines, free_name, source_lines
from koppelkans.context.fetching.pages import FirstPage
from koppelkans.context.fetching.services import Collection, Service, chosen, file_name, known_services
from koppelkans.ground.errors import InputError, SettingError
from koppelkans.ground.settings import make_settings
from public_services import Answers, LoopbackService, Said, features_api, pipe, serving, wfs

PIPES = [pipe(number) for number in range(25)]
QUICK = Pace(tries=3, back_off_s=1.0, pause_s=0.0, timeout_s=0.5, deadline_s=5.0, most_bytes=2_000_000)
BOX = (179_990.0, 455_990.0, 181_000.0, 456_100.0)


def service_at(address: str, protocol: str = "features", **more: object) -> Service:
    told = {
        "service": "proef",
        "nl": "proef",
        "en": "trial",
        "protocol": protocol,
        "address": address,
        "crs": "EPSG:28992",
    }
    told |= {
        "page": 10,
        "licence": "CC0",
        "source": "invented",
        "collections": [{"collection": "leiding", "role": "assets"}],
    }
    return Service(**(told | more))


def client_of(waits: list[float] | None = None, **pace: object) -> ServiceClient:
    kept = [] if waits is None else waits
    own = Pace(**({name: getattr(QUICK, name) for name in QUICK.__slots__} | pace))
    return ServiceClient(CheckedTransport(allow_private=True), own, sleep=kept.append)


def fetched(city: Path, service: Service, client: ServiceClient | None = None, **order: object):
    told = {"services": [service], "known": {service.service: service}, "box": BOX} | order
    return bring(city, FetchOrder(**told), client=client or client_of())


def names_in(city: Path) -> list[str]:
    told = json.loads((city / FOLDER / "proef_leiding.geojson").read_text(encoding="utf-8"))
    return [row["properties"]["naam"] for row in told["features"]]


@pytest.fixture
def pipes() -> Iterator[LoopbackService]:
    with serving(features_api(PIPES)) as service:
        yield service


def test_pages_become_one_file_that_gdal_reads_in_its_own_system(pipes: LoopbackService, tmp_path: Path):
    brought = fetched(tmp_path, service_at(pipes.address))

    assert not brought.faults
    read = gpd.read_file(tmp_path / FOLDER / brought.files[0].name)
    assert read.crs.to_epsg() == 28992
    assert list(read["naam"]) == [row["properties"]["naam"] for row in PIPES]
    assert list(read.total_bounds) == [180_000, 456_000, 180_248, 456_003]
    assert len(pipes.asked) == 3
    assert not list((tmp_path / FOLDER / ".bladzijden").glob("*leiding*"))
    told = json.loads((tmp_path / FOLDER / "opgehaald.json").read_text())["files"]["proef_leiding.geojson"]
    assert (told["rows"], told["licence"], told["fetched"][:2]) == (25, "CC0", "20")


@pytest.mark.parametrize("said", [True, False])
def test_a_wfs_is_counted_before_and_paged_by_its_start(said: bool, tmp_path: Path):  # noqa: FBT001
    with serving(wfs(PIPES, said=said)) as service:
        brought = fetched(tmp_path, service_at(service.address, "wfs"))
    assert not brought.faults
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]
    assert len(service.asked) == 4


def test_a_wfs_that_lets_nobody_start_so_far_is_asked_in_quarters_and_no_row_comes_twice(tmp_path: Path):
    on_a_cut = {
        **pipe(99),
        "geometry": {"type": "LineString", "coordinates": [[180_495.0, 456_045.0], [180_500.0, 456_046.0]]},
    }
    with serving(wfs([*PIPES, on_a_cut], most_start=14)) as service:
        brought = fetched(tmp_path, service_at(service.address, "wfs", most_start=14))
    assert not brought.faults
    assert sorted(names_in(tmp_path)) == sorted(f"r{number}" for number in [*range(25), 99])
    assert brought.files[0].doubles > 0


def test_a_wfs_without_rows_there_is_no_fault(tmp_path: Path):
    with serving(wfs([])) as service:
        brought = fetched(tmp_path, service_at(service.address, "wfs"))
    assert not brought.faults
    assert (brought.files[0].state, brought.files[0].rows, len(service.asked)) == ("fetched", 0, 1)


def html(status: int = 200) -> Said:
    return Said(b"<!DOCTYPE html><html><body>Onderhoud</body></html>", status, {"Content-Type": "text/html"})


def busy(status: int = 429, wait: str = "") -> Said:
    return Said(b"", status, {"Retry-After": wait} if wait else {})


@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        ([busy(500)], [1.0]),
        ([busy(503), html(503)], [1.0, 2.0]),
        ([busy(429, "7")], [7.0]),
        ([busy(429, "gisteren")], [1.0]),
        ([Said(b'{"type": "FeatureColl', cut=True)], [1.0]),
        ([None, busy(502), None, Said(b"", cut=True)], [1.0, 1.0]),
        ([Said(slow_s=0.8)], [1.0]),
        ([Said(b"this is no gzip", headers={"Content-Encoding": "gzip"})], [1.0]),
    ],
    ids=["500", "503-twice", "429-retry-after", "429-odd", "cut", "in-between", "slow", "bad-gzip"],
)
def test_what_may_pass_is_asked_again_after_a_wait(
    faults: list[Said | None], waits: list[float], pipes: LoopbackService, tmp_path: Path
):
    pipes.faults, slept = faults, []
    brought = fetched(tmp_path, service_at(pipes.address), client_of(slept))
    assert not brought.faults
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]
    assert [wait for wait in slept if wait] == waits


def endless(path: str) -> Said:
    told = json.loads(features_api(PIPES, matched=False)(path).body)
    told["links"] = [{"rel": "next", "href": path + "&again=1"}]
    return Said(json.dumps(told | {"features": []}).encode())


def circle(path: str) -> Said:
    told = {"features": [pipe(1)], "links": [{"rel": "next", "href": path}]}
    return Said(json.dumps(told).encode())


def page(**more: object) -> Said:
    return Said(json.dumps({"type": "FeatureCollection", "features": PIPES[:5], "links": []} | more).encode())


def to(address: str) -> Said:
    return Said(b"", 302, {"Location": address})


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (lambda _: html(), "a web page instead of data"),
        (lambda _: Said(b"<ows:ExceptionReport><ows:ExceptionText>kapot</ows:ExceptionText></ows:ExceptionReport>"), "kapot"),
        (lambda _: busy(404), "answer 404"),
        (lambda _: Said(b'{"detail": "geen kaartlaag"}', 400), "geen kaartlaag"),
        (lambda _: busy(500), "answer 500, 3 times"),
        (lambda _: busy(429, "3600"), "it asks to wait 3600 seconds"),
        (lambda _: Said(b'{"features": [{"ty'), "no JSON"),
        (lambda _: Said(b"[" * 200_000), "no JSON"),
        (lambda _: Said(b'{"features": [NaN]}'), "no JSON"),
        (lambda _: Said(b'{"features": {}}'), "JSON without features"),
        (lambda _: Said(b"x" * 2_100_000), "a page that is too large"),
        (endless, "a next page again and again"),
        (circle, "a next page again and again"),
        (lambda _: page(numberMatched=9), "5 rows, while the service says 9"),
        (lambda _: page(numberMatched=4), "5 rows, while the service says 4"),
        (lambda _: page(links=[{"rel": "next", "href": "https://elders.example/items"}]), "a next page elsewhere"),
        (lambda _: page(links=[{"rel": "next", "href": "//elders.example/items"}]), "a next page elsewhere"),
        (lambda _: page(features=[pipe(1), pipe(1)]), "1 rows twice"),
        (lambda _: to("https://elders.example/"), "it sends on to https://elders.example/"),
        (lambda _: to("http://localhost/items"), "it sends on to http://localhost/items"),
        (lambda _: to("file:///etc/passwd"), "it sends on to file:///etc/passwd"),
        (to, "it sends on and on"),
        (lambda _: Said(page().body, headers={}), "coordinates that are no degrees"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_and_nothing_stands_for_it(answers: Answers, found: str, tmp_path: Path):
    with serving(answers) as service:
        brought = fetched(tmp_path, service_at(service.address))
    assert [found in str(fault.found) for fault in brought.faults] == [True], brought.faults
    assert all(fault.fatal and fault.wanted for fault in brought.faults)
    assert brought.files[0].state == "missing"
    assert not list((tmp_path / FOLDER).glob("*.geojson*"))


def test_a_service_that_is_away_leaves_the_file_of_before_and_takes_no_other_with_it(
    pipes: LoopbackService, tmp_path: Path
):
    own = service_at(pipes.address)
    fetched(tmp_path, own)
    before = (tmp_path / FOLDER / "proef_leiding.geojson").read_bytes()
    pipes.faults = [busy(503)] * 3
    other = service_at(pipes.address, service="ander")
    brought = bring(tmp_path, FetchOrder([own, other], {"proef": own}, box=BOX, days=0.0), client=client_of())
    assert [one.state for one in brought.files] == ["old", "fetched"]
    assert len(brought.faults) == 1
    assert (tmp_path / FOLDER / "proef_leiding.geojson").read_bytes() == before


def test_a_service_that_nobody_listens_at_is_told_in_words(tmp_path: Path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        brought = fetched(tmp_path, service_at(f"http://127.0.0.1:{nobody.getsockname()[1]}"))
    assert "no connection" in str(brought.faults[0].found)
    assert "run the same command again later" in str(brought.faults[0].wanted)


def test_pages_that_are_there_are_not_asked_again(pipes: LoopbackService, tmp_path: Path):
    pipes.faults = [None, None, *[busy(500)] * 3]
    assert fetched(tmp_path, service_at(pipes.address)).faults
    asked = len(pipes.asked)
    assert not fetched(tmp_path, service_at(pipes.address)).faults
    assert len(pipes.asked) - asked == 1
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]


@pytest.mark.parametrize(
    "answer", [html(), html(403), Said(b'{"features": 3}'), Said(b"", 302, {"Location": "https://elders.example/"})]
)
def test_an_answer_that_is_of_no_use_leaves_the_pages_that_are_there(
    answer: Said, pipes: LoopbackService, tmp_path: Path
):
    pipes.faults = [None, None, answer]
    assert fetched(tmp_path, service_at(pipes.address)).faults
    assert not fetched(tmp_path, service_at(pipes.address)).faults
    assert len(pipes.asked) == 3 + 1
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]


def test_a_service_that_no_longer_knows_the_page_is_asked_from_the_start(pipes: LoopbackService, tmp_path: Path):
    pipes.faults = [None, *[busy(500)] * 3]
    fetched(tmp_path, service_at(pipes.address))
    pipes.faults = [Said(b"cursor expired", 400)]
    assert not fetched(tmp_path, service_at(pipes.address)).faults
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]


def test_a_file_is_used_again_and_offline_asks_nobody(pipes: LoopbackService, tmp_path: Path):
    own = service_at(pipes.address)
    assert "not fetched yet" in str(fetched(tmp_path, own, offline=True).faults[0].found)
    fetched(tmp_path, own)
    asked = len(pipes.asked)
    assert fetched(tmp_path, own).files[0].state == "kept"
    assert fetched(tmp_path, own, offline=True, days=0.0).files[0].state == "kept"
    assert fetched(tmp_path, own, offline=True, box=(1e5, 4e5, 1.1e5, 4.1e5)).files[0].state == "missing"
    assert len(pipes.asked) == asked
    assert fetched(tmp_path, own, days=0.0).files[0].state == "fetched"


def test_a_file_that_a_person_changed_is_not_written_over(pipes: LoopbackService, tmp_path: Path):
    own, path = service_at(pipes.address), tmp_path / FOLDER / "proef_leiding.geojson"
    fetched(tmp_path, own)
    path.write_text(path.read_text(encoding="utf-8").replace("r3", "mijn naam"), encoding="utf-8")
    brought = fetched(tmp_path, own, days=0.0)
    assert "changed since" in str(brought.faults[0].found)
    assert "mijn naam" in path.read_text(encoding="utf-8")
    assert not fetched(tmp_path, own, again=True).faults
    assert "mijn naam" not in path.read_text(encoding="utf-8")


def test_pages_that_a_stranger_put_there_lead_to_no_other_host(pipes: LoopbackService, tmp_path: Path):
    pipes.faults = [None, *[busy(500)] * 3]
    fetched(tmp_path, service_at(pipes.address))
    folder = tmp_path / FOLDER / ".bladzijden" / "proef_leiding"
    (only,) = folder.glob("*.page")
    head, rest = only.read_text().split("\n", 1)
    only.write_text(json.dumps(json.loads(head) | {"following": "http://localhost:9/items"}) + "\n" + rest)
    assert not fetched(tmp_path, service_at(pipes.address)).faults
    assert names_in(tmp_path) == [f"r{number}" for number in range(25)]


def test_nothing_is_written_through_a_link(pipes: LoopbackService, tmp_path: Path):
    city, other = tmp_path / "stad", tmp_path / "elders"
    for folder in (city, other):
        folder.mkdir()
    (city / FOLDER).symlink_to(other)
    with pytest.raises(InputError):
        fetched(city, service_at(pipes.address))
    (city / FOLDER).unlink()
    (city / FOLDER).mkdir()
    victim = other / "bestand"
    victim.write_text("van een ander")
    (city / FOLDER / "opgehaald.json.draft").symlink_to(victim)
    assert [fault.where for fault in fetched(city, service_at(pipes.address)).faults] == [f"{FOLDER}/opgehaald.json"]
    assert victim.read_text() == "van een ander"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("145.131.1.1", True),
        ("2a02:2770::21a:4aff:feb3:2ee", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:145.131.1.1", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::9183:101", True),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("no address", False),
    ],
)
def test_an_address_is_public_or_not_whatever_it_is_wrapped_in(address: str, public: bool):  # noqa: FBT001
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_a_private_address_is_refused_however_it_is_written(host: str, tmp_path: Path):
    own = service_at(f"http://{host}:9")
    brought = fetched(tmp_path, own, ServiceClient(CheckedTransport(allow_private=False), QUICK, sleep=lambda _: None))
    assert "a private address" in str(brought.faults[0].found) or "no connection" in str(brought.faults[0].found)
    if host != "[::1]":
        assert "--allow-private" in str(brought.faults[0].wanted)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    transport = CheckedTransport(allow_private=False, lookup=lambda _host, _port: ["145.131.1.1", "10.0.0.8"])
    with pytest.raises(InputError, match="private address"):
        transport.handle_request(httpx.Request("GET", "https://dienst.example/"))


def test_a_name_is_looked_up_once_and_the_checked_address_is_spoken_to(pipes: LoopbackService):
    port, looked = int(pipes.address.rpartition(":")[2]), []

    def lookup(host: str, _port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.1"]

    transport = CheckedTransport(allow_private=True, lookup=lookup)
    for _ in range(2):
        answer = transport.handle_request(httpx.Request("GET", f"http://dienst.example:{port}/items?limit=1"))
        answer.close()
        assert answer.status_code == 200
    assert looked == ["dienst.example"]
    transport.close()


def test_the_border_of_a_municipality_is_looked_up_and_what_lies_outside_left_out(tmp_path: Path):
    ring = [[180_000, 455_990], [180_105, 455_990], [180_105, 456_100], [180_000, 456_100], [180_000, 455_990]]
    border = {
        "type": "Feature",
        "properties": {"gemeentecode": "GM0228"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    other = border | {"properties": {"gemeentecode": "GM0001"}}

    def answers(path: str) -> Said:
        return features_api([border, other] if "/gemeenten/" in path else PIPES)(path)

    with serving(answers) as service:
        own = service_at(service.address, border="gemeenten", code="gemeentecode")
        brought = fetched(tmp_path, own, box=None, municipality="GM0228")
        again = fetched(tmp_path, own, box=None, municipality="GM0228", offline=True)
        with pytest.raises(InputError, match="no municipality GM9999"):
            fetched(tmp_path, own, box=None, municipality="GM9999")
    assert not brought.faults
    assert names_in(tmp_path) == [f"r{number}" for number in range(11)]
    assert brought.files[0].outside == 14
    assert again.files[0].state == "kept"
    assert "gemeentecode=GM0228" in service.asked[0]
    assert "bbox=180000,455990,180105,456100" in service.asked[1]


def test_an_area_asks_in_the_system_of_the_service():
    left, low, right, high = WantedArea(shapely.box(*BOX), "EPSG:28992").box("OGC:CRS84")
    assert 5.7 < left < right < 5.8
    assert 52.0 < low < high < 52.2


def test_the_table_of_services_is_whole_and_public():
    services = known_services()
    assert list(services) == ["bgt", "nwb", "bag", "cbs", "gwsw", "liander"]
    assert all(one.address.startswith("https://") and one.licence and one.source for one in services.values())
    names = [file_name(one, part.collection) for one in services.values() for part in one.collections]
    assert len(set(names)) == len(names)
    assert "gwsw_beheerleiding.geojson" in names
    assert [one.service for one in chosen(services, "nwb, bgt")] == ["bgt", "nwb"]


def test_the_lines_of_every_collection_are_settings_with_kinds_that_exist():
    services = known_services().values()
    lines = [
        source_lines(
            one, part, path=f"{FOLDER}/{file_name(one, part.collection)}", name=file_name(one, part.collection)
        )
        for one in services
        for part in one.collections
    ]
    settings = make_settings(tomllib.loads("\n".join(lines)))
    assert [source.role for source in settings.sources] == [part.role for one in services for part in one.collections]
    assert {source.constants.get("kind") for source in settings.sources} - {None} <= set(settings.kinds)
    assert all(source.licence for source in settings.sources)


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x/y", "https://u:p@x/y", "https://x/y?z=1", "x", "https://", "https://x:99999/", "file:///etc/passwd"],
)
def test_an_address_that_is_none_is_refused(address: str):
    with pytest.raises(InputError) as problem:
        known_services(addresses=[f"bgt={address}"])
    assert problem.value.faults[0].column == "address"


@pytest.mark.parametrize(
    "text",
    [
        "geen toml",
        "[[services]]\nservice = 1",
        "services = 3",
        '[[services]]\nservice = "../x"',
        "[[services]]\nonbekend = 1",
    ],
)
def test_a_table_that_is_none_is_told(text: str, tmp_path: Path):
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        known_services(tmp_path / "t.toml")


def test_names_of_services_that_are_none_are_told():
    with pytest.raises(InputError, match="bgtt"):
        chosen(known_services(), "bgtt")
    with pytest.raises(InputError, match="name=address"):
        known_services(addresses=["bgtt=https://x/"])


@pytest.mark.parametrize(
    "told", ["", "1,2,3", "1,2,3,x", "5,52,6,53", "3,1,2,4", "0,0,1e9,1e9", "nan,0,1,1", "0,0,inf,1"]
)
def test_a_box_that_is_none_is_refused(told: str):
    with pytest.raises(InputError, match="minx,miny,maxx,maxy"):
        wanted_box(told)


def test_a_box_and_a_code_are_read():
    assert wanted_box("180000,456000,181000,457000") == (180_000, 456_000, 181_000, 457_000)
    assert wanted_code(" gm0228 ") == "GM0228"
    with pytest.raises(InputError, match="GM0228"):
        wanted_code("Ede")


def test_lines_are_added_after_what_stands_there_or_not_at_all(tmp_path: Path):
    lines = '[[sources]]\nname = "nieuw"\nrole = "assets"\npath = "opgehaald/x.geojson"\n'
    path = tmp_path / "koppelkans.toml"
    for before in (
        b'[city]\nname = "Stad"',
        b"\xef\xbb\xbf[city]\r\nname = 'S'\r\n",
        b'[[sources]]\nname = "a"\nrole = "assets"\npath = "a.csv"\n',
    ):
        path.write_bytes(before)
        add_lines(tmp_path, lines)
        assert path.read_bytes().startswith(before)
        assert path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").endswith(lines)
    for before in (b"sources = []\n", b"kapot = \n", b'[[sources]]\nname = "nieuw"\nrole = "assets"\npath = "a.csv"\n'):
        path.write_bytes(before)
        with pytest.raises(SettingError):
            add_lines(tmp_path, lines)
        assert path.read_bytes() == before
    assert free_name("a", ["a", "a-2"]) == "a-3"


def test_a_journal_of_another_question_is_not_gone_on_with(tmp_path: Path):
    journal = PageJournal(tmp_path / "j")
    assert journal.begun({"a": 1}, address="http://x") is None
    journal.begin({"a": 1}, [FirstPage("http://x/1")])
    assert journal.begun({"a": 1}, address="http://x") == [FirstPage("http://x/1")]
    assert journal.begun({"a": 2}, address="http://x") is None
    assert journal.begun({"a": 1}, address="http://y") is None
    assert Collection(collection="x", role="assets").identity == ()
