"""What both shells call: templates, checks, fixes, exports, pictures, places."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer import api
from designer.errors import ExportError, MalformedDocumentError, NothingToExportError, UnknownNameError
from designer.model.annotations import Placement
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.registry import Severity
from designer.rules.suppressing import about, suppress_all

EXAMPLES = {path.stem: path for path in api.examples()}
CLEAN = [name for name in EXAMPLES if name != "broken"]
README = EXAMPLES["seed"].parent / "README.md"
DOCUMENTED = {"multi-node": ["QOS005"]}
HOST = Host(id=EntityId("h"), name="HOST01")


def design(name: str) -> Topology:
    return api.load(EXAMPLES[name]).topology


def test_the_seed_scenario_is_the_first_example() -> None:
    assert api.examples()[0].name == "seed.cnd"
    assert len(api.examples()) == 13


def test_a_design_is_saved_and_loaded(tmp_path: Path) -> None:
    document = api.new("nat")
    api.save(document, tmp_path / "a.cnd")

    assert api.load(tmp_path / "a.cnd") == document
    assert (tmp_path / "a.cnd").read_bytes() == api.to_bytes(document)


def test_text_from_elsewhere_is_named_in_messages() -> None:
    with pytest.raises(MalformedDocumentError, match=r"^the clipboard, line 1: "):
        api.parse(b"{}", "the clipboard")


def test_a_blank_design_is_empty_and_every_other_template_has_a_host() -> None:
    sizes = {template.name: len(api.new(template.name).topology.of(Host)) for template in api.templates()}

    assert sizes.pop("blank") == 0
    assert "broken" not in sizes
    assert all(sizes.values())
    assert all(template.title != template.name for template in api.templates())


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean “nat”"):
        api.new("nats")


@pytest.mark.parametrize("name", CLEAN)
def test_examples_have_no_error_and_only_documented_warnings(name: str) -> None:
    found = [judged.rule.id for judged in api.check(design(name)) if judged.severity is not Severity.INFO]
    assert found == DOCUMENTED.get(name, [])
    assert all(rule in README.read_text(encoding="utf-8") for rule in found)


def test_the_broken_example_has_its_documented_mistakes() -> None:
    found = api.check(design("broken"))
    documented = (EXAMPLES["broken"].parent / "README.md").read_text(encoding="utf-8")

    assert [judged.rule.id for judged in found if judged.severity is not Severity.INFO] == [
        "IPA002",
        "IPA004",
        "PRT001",
        "PRT005",
    ]
    assert all(f"| {judged.rule.id} |" in documented or f"({judged.rule.id})" in documented for judged in found)


def test_fixing_the_broken_example_makes_it_clean() -> None:
    result = api.fix(design("broken"))

    assert [judged.rule.id for judged in result.fixed] == ["IPA002", "IPA004", "PRT001", "PRT005"]
    assert [judged for judged in result.left if judged.severity is not Severity.INFO] == []
    assert list(result.left) == list(api.check(result.topology))


def test_a_check_of_some_rules_gives_only_theirs() -> None:
    assert {judged.rule.id for judged in api.check(design("broken"), ["PRT005"])} == {"PRT005"}
    with pytest.raises(UnknownNameError):
        api.check(design("broken"), ["PRT5"])


def test_scripts_are_sorted_by_host_and_named_after_it() -> None:
    setup = api.export(design("multi-node"))
    teardown = api.export(design("multi-node"), "docker", teardown=True)

    assert [(script.host, script.file_name) for script in setup] == [
        ("NODE01", "NODE01.ps1"),
        ("NODE02", "NODE02.ps1"),
    ]
    assert [script.file_name for script in teardown] == ["NODE01.teardown.ps1", "NODE02.teardown.ps1"]
    assert "NODE02" in setup[1].script.text


NOT_FOR_CNI = {"ics", "internal", "l2tunnel", "multi-node", "none", "private", "seed", "transparent"}
REFUSED = {
    "compose": {"swarm"},
    "stack": set(CLEAN) - {"swarm"},
    "hcn": {"private", "seed"},
    "cni": NOT_FOR_CNI,
}
"""Examples that a format cannot say: no container, no service, Windows Server 2016, a mode without a plug-in."""


@pytest.mark.parametrize("target", api.export_formats())
@pytest.mark.parametrize("name", CLEAN)
def test_every_example_is_exported_to_every_format_that_can_say_it(name: str, target: str) -> None:
    topology = design(name)
    if name in REFUSED.get(target, set()):
        with pytest.raises(ExportError) as refusal:
            api.export(topology, target)
        assert any(host.name in str(refusal.value) for host in topology.of(Host))
        return
    scripts = api.export(topology, target)
    assert scripts
    for script in scripts:
        assert len(script.script.lines) == script.script.text.count("\n")


def test_hosts_without_anything_for_a_format_are_left_out_unless_they_are_asked_for() -> None:
    swarm = design("swarm")

    assert [script.host for script in api.export(swarm, "stack")] == ["NODE01"]
    with pytest.raises(NothingToExportError, match="“NODE02” makes no service"):
        api.export(swarm, "stack", host="NODE02")
    with pytest.raises(NothingToExportError, match="makes no service"):
        api.export(design("seed"), "stack")


def test_a_dry_run_is_another_script() -> None:
    (setup,), (dry,) = api.export(design("seed")), api.export(design("seed"), what_if=True)

    assert setup.script.text != dry.script.text


def test_a_host_is_chosen_by_name() -> None:
    assert [script.host for script in api.export(design("multi-node"), host="NODE02")] == ["NODE02"]
    with pytest.raises(UnknownNameError, match="Did you mean “NODE02”"):
        api.export(design("multi-node"), host="NODE2")


def test_what_cannot_be_exported_is_said() -> None:
    twins = Topology.of_entities([HOST, HOST.model_copy(update={"id": EntityId("k")})])

    with pytest.raises(ExportError, match="has no host"):
        api.export(Topology())
    with pytest.raises(ExportError, match="2 hosts are named “HOST01”"):
        api.export(twins, host="HOST01")
    with pytest.raises(UnknownNameError, match="format"):
        api.export(design("seed"), "terraform")


def test_what_is_suppressed_is_neither_fixed_nor_drawn_nor_in_the_way_of_an_export() -> None:
    topology = design("broken")
    errors = [found for found in api.check(topology) if found.severity is Severity.ERROR]
    accepted = topology.apply(suppress_all(topology, errors, "It is a lesson."))

    assert not [found for found in api.sifted(accepted).active if found.severity is Severity.ERROR]
    assert len(api.sifted(accepted).suppressed) == len(errors)
    assert api.fix(accepted, [found.rule.id for found in errors]).fixed == ()
    assert len(api.scene(accepted).badges.judged) == len(api.check(topology)) - len(errors)
    assert len(api.export(accepted)) == 1


def test_only_the_chosen_findings_are_fixed() -> None:
    topology = design("broken")
    chosen = next(found for found in api.check(topology) if api.is_safe(found))

    fixed = api.fix(topology, chosen=[about(chosen)])
    assert [found.rule.id for found in fixed.fixed] == [chosen.rule.id]
    assert about(chosen) not in [about(found) for found in fixed.left]


def test_a_design_with_errors_is_refused_unless_forced() -> None:
    with pytest.raises(ExportError, match=r"The design has errors \(IPA002: .* and 3 more\)"):
        api.export(design("broken"))

    assert len(api.export(design("broken"), force=True)) == 1


def test_layout_places_what_is_drawn_and_keeps_what_is_placed() -> None:
    bare = Topology.of_entities(
        entity for entity in design("seed").entities.values() if not isinstance(entity, Placement)
    )
    placed = api.layout(bare)

    assert {"host01", "lan", "client", "nat", "corp"} <= {found.element for found in placed.of(Placement)}
    assert api.layout(placed) == placed


def test_a_picture_shows_the_findings_unless_they_are_not_wanted() -> None:
    plain, marked = (api.render_svg(design("broken"), badges=badges) for badges in (False, True))

    assert plain.startswith("<svg")
    assert len(plain) < len(marked)
    assert api.render_svg(design("seed"), "light") != api.render_svg(design("seed"), "dark")


def test_an_unknown_theme_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean “light”"):
        api.theme("ligth")


def test_a_packet_is_followed_by_name() -> None:
    found = api.trace(design("seed"), "Client", "web01", address="published")

    assert found.works
    assert found.hops[-1].element == "web01"
    with pytest.raises(UnknownNameError, match="Did you mean “web01”"):
        api.trace(design("seed"), "Client", "wev01")


def test_everybody_is_tried_with_everybody() -> None:
    found = api.matrix(design("seed"))

    assert len(found.rows) == len(found.sources) == 5
    assert all(cell.code == "" for row in found.rows for cell in row)


def test_an_error_text_is_explained_without_a_design_and_with_one() -> None:
    broken = next(api.load(path).topology for path in api.examples() if path.stem == "broken")

    assert api.explain("An adapter was not found. (0x803b0006)")[0].rule.id == "SWI007"
    assert api.explain("0x803b002f", broken)[0].fix is not None
    assert api.explain("all is well", broken) == ()


def test_the_tables_of_modes_are_markdown() -> None:
    assert api.mode_tables().startswith("# Modes\n")
