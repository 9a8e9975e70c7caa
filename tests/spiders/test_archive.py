"""The archive: what is written is read back, by other tools too; a torn tail costs one record."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spiders.archive import ArchiveError, ArchiveWriter, mend, read, records
from spiders.article import ArchiveRef

REQUEST = ("GET /", [("Host", "example.org")], b"")


def put(writer: ArchiveWriter, number: int, body: bytes = b"") -> ArchiveRef:
    return writer.response(
        f"http://example.org/{number}",
        status="200 OK",
        headers=[("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
        body=body or f"<p>страница {number}".encode(),
        request=REQUEST,
        ip="192.0.2.1",
    )


def test_a_response_and_a_document_come_back(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s") as writer:
        page = put(writer, 1)
        given = writer.resource("urn:x:1", body="текст".encode(), content_type="text/plain; charset=utf-8")
    archived = read(tmp_path, page)
    assert (archived.kind, archived.url, archived.status) == ("response", "http://example.org/1", 200)
    assert archived.body.decode() == "<p>страница 1"
    assert archived.content_type == "text/html"
    document = read(tmp_path, given)
    assert (document.kind, document.url, document.status) == ("resource", "urn:x:1", None)
    assert document.body.decode() == "текст"
    assert document.content_type == "text/plain; charset=utf-8"


def test_packed_bodies_are_kept_as_they_came_and_read_unpacked(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(b"<p>plain")
    with ArchiveWriter(tmp_path, "s") as writer:
        ref = writer.response(
            "http://example.org/",
            status="200 OK",
            headers=[("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
            body=packed,
            request=REQUEST,
        )
    assert read(tmp_path, ref).body == b"<p>plain"


def test_other_tools_find_it_in_order(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s") as writer:
        ref = put(writer, 1)
        writer.resource("urn:x:1", body=b"x", content_type="text/plain")
    warcio = Path(sys.executable).parent / "warcio"
    checked = subprocess.run([warcio, "check", "-v", tmp_path / ref.file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == 4  # warcinfo, response, request, resource
    indexed = subprocess.run([warcio, "index", tmp_path / ref.file], capture_output=True, text=True, check=True)
    assert f'"offset": "{ref.offset}", "warc-type": "response"' in indexed.stdout


def test_files_are_rotated_by_size_and_every_reference_holds(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s", rotate_at=2_000) as writer:
        refs = [put(writer, number) for number in range(20)]
    assert len({ref.file for ref in refs}) > 3
    assert [read(tmp_path, ref).url for ref in refs] == [f"http://example.org/{number}" for number in range(20)]
    found = [url for file in sorted((tmp_path / "s").glob("*.warc.gz")) for url in _urls(file)]
    assert found == [f"http://example.org/{number}" for number in range(20)]


def test_two_writers_at_once_have_files_of_their_own(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s") as one, ArchiveWriter(tmp_path, "s") as other:
        refs = [put(writer, number) for number in range(5) for writer in (one, other)]
    assert len({ref.file for ref in refs}) == 2
    assert all(read(tmp_path, ref).status == 200 for ref in refs)


@pytest.mark.parametrize("cut", [1, 10, 300])
def test_a_torn_last_record_is_cut_and_nothing_else_is_lost(tmp_path: Path, cut: int) -> None:
    writer = ArchiveWriter(tmp_path, "s")
    refs = [put(writer, number) for number in range(3)]
    path = tmp_path / refs[0].file
    _abandon(writer)
    data = path.read_bytes()
    path.write_bytes(data[: refs[2].offset + cut])
    (mended,) = mend(tmp_path, "s")
    assert (mended.file, mended.cut) == (refs[0].file, cut)
    assert _urls(path) == ["http://example.org/0", "http://example.org/1"]
    assert mend(tmp_path, "s") == []
    with pytest.raises(ArchiveError):
        read(tmp_path, refs[2])


def test_a_file_in_use_is_let_alone(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s") as writer:
        ref = put(writer, 1)
        with (tmp_path / ref.file).open("ab") as file:
            file.write(b"\x1f\x8b torn")
        assert mend(tmp_path, "s") == []


@pytest.mark.parametrize("ref", [("s/none.warc.gz", 0), ("../outside.warc.gz", 0)])
def test_a_reference_to_nowhere_is_an_error(tmp_path: Path, ref: tuple[str, int]) -> None:
    (tmp_path.parent / "outside.warc.gz").write_bytes(b"")
    with pytest.raises(ArchiveError):
        read(tmp_path, ArchiveRef(file=ref[0], offset=ref[1]))


def test_an_offset_between_records_is_an_error(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "s") as writer:
        ref = put(writer, 1)
    for offset in (ref.offset + 7, 10_000, 0):
        with pytest.raises(ArchiveError):
            read(tmp_path, ArchiveRef(file=ref.file, offset=offset))


def _urls(path: Path) -> list[str]:
    return [archived.url for _, archived in records(path)]


def _abandon(writer: ArchiveWriter) -> None:
    """What a kill leaves: file and lock file, both without an owner."""
    for handle in (writer._file, writer._lock):
        assert handle is not None
        handle.close()
    writer._file = writer._lock = None
