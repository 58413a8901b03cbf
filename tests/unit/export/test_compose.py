from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from designer.errors import ExportError, NothingToExportError
from designer.export.compose import render_compose
from designer.export.plan import plan
from designer.export.rendered import RenderedScript
from designer.formats import ExportOptions, export_host
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, container, design, network, pods, switches

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def rendered(topology: Topology) -> RenderedScript:
    return render_compose(plan(topology, HOST))


def read(topology: Topology) -> dict[str, Any]:
    found = yaml.safe_load(rendered(topology).text)
    assert isinstance(found, dict)
    return found


def received(value: str) -> str:
    """Return what Compose makes of a value: two dollar signs are one, a single one would be a variable."""
    assert value.count("$") % 2 == 0
    return value.replace("$$", "$")


NAT = network("nat0", NetworkMode.NAT, "172.30.8.0/24")


def test_a_container_with_everything() -> None:
    web = container(
        "web01",
        hostname="web",
        memory_mb=512,
        cpus=1.5,
        dns_servers=("10.0.0.53",),
        environment=({"name": "STAGE", "value": "test"},),
        command=("ping", "-t", "localhost"),
    )
    link = attached(
        "web01", "nat0", ip="172.30.8.20", aliases=("shop",), ports=({"host_port": 8080}, {"container_port": 443})
    )
    found = read(design(NAT, web, link))

    service = found["services"]["web01"]
    labels = service.pop("labels")
    assert labels["container-network-designer.element"] == "web01"
    assert service == {
        "image": "mcr.microsoft.com/windows/servercore:ltsc2022",
        "container_name": "web01",
        "isolation": "process",
        "hostname": "web",
        "networks": {"nat0": {"ipv4_address": "172.30.8.20", "aliases": ["shop"]}},
        "ports": [
            {"target": 80, "published": "8080", "protocol": "tcp", "mode": "host"},
            {"target": 443, "protocol": "tcp", "mode": "host"},
        ],
        "dns": ["10.0.0.53"],
        "mem_limit": "512m",
        "cpus": 1.5,
        "environment": ["STAGE=test"],
        "command": ["ping", "-t", "localhost"],
    }
    assert found["networks"]["nat0"]["ipam"] == {"config": [{"subnet": "172.30.8.0/24", "gateway": "172.30.8.1"}]}
    assert found["networks"]["nat0"]["driver"] == "nat"
    assert found["name"] == "host01"


def test_the_network_with_the_ports_comes_first() -> None:
    corp = network("corp", NetworkMode.INTERNAL, "192.168.7.0/24")
    ports = attached("web01", "nat0", ports=({"host_port": 80},))
    found = read(design(NAT, corp, container("web01"), ports, attached("web01", "corp", ip="192.168.7.9")))

    networks = found["services"]["web01"]["networks"]
    assert networks == {"nat0": {"priority": 1000}, "corp": {"ipv4_address": "192.168.7.9"}}


def test_containers_that_share_a_network_name_their_lender() -> None:
    services = read(pods())["services"].values()

    modes = {service["network_mode"] for service in services if "network_mode" in service}
    assert any(mode.startswith("service:") for mode in modes)


def test_dockers_own_network_is_not_made() -> None:
    own = network("nat", NetworkMode.NAT, predefined=True)
    found = read(design(own, container("web01"), attached("web01", "nat")))

    assert found["networks"] == {"nat": {"name": "nat", "external": True}}


def test_what_compose_cannot_do_is_listed_with_its_element() -> None:
    script = rendered(switches())

    listed = {
        element for line, element in zip(script.text.splitlines(), script.lines, strict=True) if line[:3] == "# -"
    }
    assert {"set-switch", "vnic-mgmt", "winnat"} <= listed
    assert "New-VMSwitch" not in script.text


def test_every_line_has_its_element() -> None:
    script = rendered(design(NAT, container("web01"), attached("web01", "nat0")))
    lines = dict(zip(script.text.splitlines(), script.lines, strict=True))

    assert lines['  "web01":'] == "web01"
    assert lines["    driver: nat"] == "nat0"
    assert lines["services:"] is None


@example("a$b", "${HOME}", "t")
@given(texts, texts, texts)
def test_no_text_becomes_something_else(value: str, argument: str, title: str) -> None:
    web = container("web01", environment=({"name": "A", "value": value},), command=(argument,))
    named = Host(id=HOST, name=f"H{title}"[:60])
    service = read(design(web, host=named))["services"]["web01"]

    assert received(service["environment"][0]) == f"A={value}"
    assert received(service["command"][0]) == argument


def test_names_that_are_no_keys_get_some() -> None:
    one = network("a", NetworkMode.NAT, "172.30.8.0/24", name="corp lan")
    two = network("b", NetworkMode.INTERNAL, "172.30.9.0/24", name="corp/lan")
    links = (attached("web01", "a"), attached("web01", "b"))
    found = read(design(one, two, container("web01"), *links))

    assert {key: entry["name"] for key, entry in found["networks"].items()} == {
        "corp-lan": "corp lan",
        "corp-lan-2": "corp/lan",
    }


def test_a_port_of_another_protocol_is_refused() -> None:
    link = attached("web01", "nat0", ports=({"protocol": "sctp"},))
    with pytest.raises(ExportError, match="80/sctp"):
        rendered(design(NAT, container("web01"), link))


def test_a_network_that_no_container_uses_is_listed() -> None:
    found = rendered(design(NAT, container("web01", network_none=True)))

    assert "networks" not in yaml.safe_load(found.text)
    assert "# - nat0: nat network 172.30.8.0/24" in found.text


def test_a_host_without_containers_is_refused() -> None:
    with pytest.raises(NothingToExportError, match="“HOST01” has no container"):
        rendered(design(NAT))


@pytest.mark.parametrize("options", [ExportOptions(teardown=True), ExportOptions(what_if=True)])
def test_there_is_no_teardown_file(options: ExportOptions) -> None:
    with pytest.raises(ExportError, match="docker compose down"):
        export_host(design(NAT), EntityId("host-1"), "compose", options)


def test_the_file_has_unix_lines_and_no_mark() -> None:
    data = rendered(design(container("web01"))).encoded()

    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
