"""Known errors lead to their rules, with a design and without, whatever console or log they come from."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from designer import api
from designer.explaining.engine_texts import ENGINE_TEXTS
from designer.explaining.explain import explain, what_next
from designer.explaining.symptoms import SYMPTOMS
from designer.explaining.windows_texts import WINDOWS_TEXTS
from designer.rules.pages import CAUGHT, Caught
from designer.rules.registry import RULES
from tests.unit.explaining.error_texts import KNOWN
from tests.unit.rules.designs import Drawn, design

ROWS = [(text, known.rules) for known in KNOWN for text in known.texts]
HCN = [int(text, 16) for text, _ in ROWS if text.casefold().startswith("0x803b")]
CLEAN = design().host().network("nat0", subnet="172.16.0.0/24", gateway="172.16.0.1").container("web01", on="nat0")


def first(text: str, drawn: Drawn | None = None) -> str:
    found = explain(text, drawn.topology if drawn is not None else None)
    return found[0].rule.id if found else ""


@pytest.mark.parametrize(("text", "rules"), ROWS, ids=[text for text, _ in ROWS])
def test_a_known_text_leads_to_its_rules_the_first_one_first(text: str, rules: tuple[str, ...]) -> None:
    for topology in (None, CLEAN.topology):
        ids = [found.rule.id for found in explain(text, topology)]
        assert ids[0] == rules[0]
        assert set(rules) <= set(ids)


@pytest.mark.parametrize("example", api.examples(), ids=lambda path: path.stem)
def test_a_known_text_is_explained_beside_every_example(example: object) -> None:
    topology = api.load(str(example)).topology

    for text, rules in ROWS:
        found = explain(text, topology)
        broken = [each for each in found if each.rule.id in rules and each.judged is not None]
        assert found[0].rule.id == (broken[0].rule.id if broken else rules[0])


def _wrapped(text: str) -> str:
    return "\n   ".join(text[start : start + 11] for start in range(0, len(text), 11))


WRAPPINGS: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "hard wrap": _wrapped,
    "compose": lambda text: "\n".join(f"web_1  | {line}" for line in _wrapped(text).split("\n   ")),
    "powershell": lambda text: (
        f"docker : {text}\nAt line:1 char:1\n+ docker run\n+ ~~~~\n    + CategoryInfo : NotSpecified"
    ),
    "go log": lambda text: f'time="2024-05-01T10:00:00Z" level=error msg={json.dumps(text)}',
    "json in json": lambda text: json.dumps({"message": json.dumps({"Error": f"HNS failed:\n{text}\n"})}),
    "quoted mail": lambda text: "\n".join(f"> > {line}" for line in text.splitlines()),
    "colours": lambda text: f"\x1b[31;1mERROR\x1b[0m: {text}\r\n",
    "daemon": lambda text: (
        f"docker: Error response from daemon: failed to create endpoint web01 on network x: hnsCall failed: {text}."
    ),
    "truncated front": lambda text: f"…ror response from daemon: {text}",
}


@pytest.mark.parametrize("wrapping", WRAPPINGS.values(), ids=WRAPPINGS)
def test_what_consoles_and_logs_do_to_a_text_does_not_hide_it(wrapping: Callable[[str], str]) -> None:
    for text, rules in ROWS:
        assert first(wrapping(text)) == rules[0], wrapping(text)


@pytest.mark.parametrize("code", HCN, ids=hex)
def test_a_code_of_hns_is_known_in_every_spelling(code: int) -> None:
    expected = first(hex(code))

    assert expected
    for spelling in (
        f"0X{code:X}",
        f"HRESULT: {code:08x}",
        f"hr={code:X}h",
        f'"ErrorCode":{code}',
        str(code),
        str(code - 2**32),
        f"Fehler {code - 2**32}: ein Adapter wurde nicht gefunden",
        f"hnsCall failed in Win32: 未找到适配器。 (0x{code:x})",
    ):
        assert first(spelling) == expected, spelling


@pytest.mark.parametrize(("win32", "rule"), [(0x57, "SWI006"), (0x20, "PRT006"), (0x490, "HST005")])
def test_a_code_of_win32_is_known_as_hresult_too(win32: int, rule: str) -> None:
    for spelling in (f"({win32:#x})", f"0x8007{win32:04x}", str((0x80070000 + win32) - 2**32)):
        assert first(spelling) == rule


def test_every_rule_of_the_table_is_in_the_catalogue() -> None:
    assert {rule for known in KNOWN for rule in known.rules} <= set(RULES)


def test_what_no_design_shows_is_explained_where_its_page_promises_that() -> None:
    known = {rule for signature in (*WINDOWS_TEXTS, *ENGINE_TEXTS) for rule in signature.rules}
    known |= {rule for symptom in SYMPTOMS for rule in symptom.rules}

    assert {rule for rule, places in CAUGHT.items() if Caught.EXPLAIN in places} == known & set(CAUGHT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "hello world",
        "lorem ipsum dolor sit amet, consectetur adipiscing elit",
        "everything is fine",
        "0x803b0002",
        "0xdeadbeef",
        "172.16.0.1",
        "\x00\x01\ufffd",
        "error",
        "🦆" * 500,
    ],
)
def test_about_nonsense_nothing_is_known(text: str) -> None:
    assert explain(text) == ()
    assert explain(text, CLEAN.topology) == ()
    assert "Paste the whole message" in what_next(text)


def test_a_code_that_no_rule_foresees_is_named() -> None:
    assert what_next("0x803b0002").startswith("0x803b0002 is HCN_E_ENDPOINT_NOT_FOUND, which no rule foresees.")
    assert what_next("0x80c0ffee").startswith("No rule foresees 0x80c0ffee.")


def test_what_the_design_breaks_comes_first_with_elements_and_fix() -> None:
    drawn = CLEAN.network("corp", mode="transparent").container("app01", on="corp", ports=({"host_port": 8080},))
    drawn = drawn.nic().uplink("corp", "Ethernet")

    without, (best, *_) = explain("0x803b0013"), explain("0x803b0016", drawn.topology)

    assert without[0].score < best.score <= 1
    assert best.rule.id == "PRT001"
    assert best.judged is not None
    assert best.elements[0] == "app01|corp"
    assert best.fix is not None
    assert best.judged.finding.message in best.why


def test_a_rule_that_the_design_breaks_passes_likelier_ones_that_it_does_not() -> None:
    drawn = design().host(os="ws2016").network("own", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet").nic()
    drawn = drawn.container("app01", on="own", ports=({"host_port": 8080},))

    assert first("0x803b0016") == "PRT001"
    assert first("0x803b0016", drawn) == "PRT002"


def test_of_several_findings_the_one_that_the_text_names_comes_first() -> None:
    drawn = CLEAN.network("nat1", subnet="172.30.0.0/24", gateway="172.30.0.1")
    for name, port in (("a", 8080), ("b", 8080), ("c", 9090), ("d", 9090)):
        drawn = drawn.container(name, on="nat0", ports=({"host_port": port},))

    for text, wanted in (("port 9090 already exists (0x803b0013)", "c"), ("8080: port already exists", "a")):
        best = explain(text, drawn.topology)[0]
        assert best.rule.id == "PRT005"
        assert any(str(element).startswith(wanted) for element in best.elements)
        assert text.split()[1 if wanted == "c" else 0].strip(":") in best.why


def test_a_finding_of_the_program_itself_is_recognised() -> None:
    topology = api.load(next(path for path in api.examples() if path.stem == "broken")).topology

    for judged in api.check(topology):
        best = explain(f"  error {judged.rule.id} {judged.finding.message}", topology)[0]
        assert best.rule.id == judged.rule.id


def test_rules_that_the_design_does_not_break_name_what_the_text_names() -> None:
    (best, *_) = explain("0x803b0016 at web01", CLEAN.topology)

    assert best.elements == ("web01",)
    assert best.judged is None
    assert "The design does not break this rule" in best.why


def test_a_long_log_of_hostile_text_is_read_to_its_end() -> None:
    drawn = CLEAN.container("web 01 (old)", on="nat0")
    noise = (
        "0x803b" * 50_000,
        "not supported by " * 15_000,
        ":" * 250_000,
        "1." * 125_000,
        "1-" * 125_000,
        "a_1  | " * 37_500,
        "> " * 125_000,
        "\x1b[" * 125_000,
        "\\u0027" * 45_000,
        "web 01 (" * 30_000,
        "-" * 250_000,
        "9" * 250_000,
        "port … already " * 15_000,
    )
    for text in noise:
        assert first(f"{text}\nhnsCall failed: (0x803b0005)", drawn) == "IPA023", text[:20]


def test_of_a_text_without_end_beginning_and_end_are_read() -> None:
    rubbish = "nothing of note here\n" * 200_000

    assert first(f"0x803b0005\n{rubbish}") == first(f"{rubbish}0x803b0005") == "IPA023"
