from __future__ import annotations

from designer.export.rendered import RenderedScript, TextForm
from designer.model.identity import EntityId


def test_lines_and_their_elements() -> None:
    script = RenderedScript.of_lines([("a", None), ("b", EntityId("nic-1"))])

    assert script.text == "a\nb\n"
    assert script.lines == (None, "nic-1")


def test_an_ascii_script_has_no_byte_order_mark() -> None:
    assert RenderedScript.of_lines([("a", None)]).encoded() == b"a\r\n"


def test_another_script_has_one() -> None:
    assert RenderedScript.of_lines([("ä", None)]).encoded() == b"\xef\xbb\xbf" + "ä\r\n".encode()


def test_batch_files_and_files_for_other_programs_have_none() -> None:
    lines = [("ä", None)]

    assert RenderedScript.of_lines(lines, TextForm.BATCH).encoded() == "ä\r\n".encode()
    assert RenderedScript.of_lines(lines, TextForm.PLAIN).encoded() == "ä\n".encode()
