from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from designer.errors import ExportError
from designer.export.plan import plan
from designer.export.rendered import RenderedScript
from designer.export.stack import render_stack
from designer.model.entities import Entity
from designer.model.hosts import Host, HostRole
from designer.model.networks import NetworkMode
from designer.model.services import Service
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, design, network

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
MANAGER = Host(id=HOST, name="NODE01", role=HostRole.SWARM_MANAGER)
MESH = network("mesh", NetworkMode.OVERLAY, "10.90.1.0/24", parent=None, attachable=True)


def swarm(*entities: Entity, host: Host = MANAGER) -> Topology:
    return design(*entities, host=host)


def service(**fields: object) -> Service:
    return Service.model_validate({"id": "shop", "name": "shop", "image": "registry.example/shop:ltsc2022"} | fields)


def rendered(topology: Topology) -> RenderedScript:
    return render_stack(plan(topology, HOST))


def read(topology: Topology) -> dict[str, Any]:
    found = yaml.safe_load(rendered(topology).text)
    assert isinstance(found, dict)
    return found


def test_a_service_with_everything() -> None:
    shop = service(
        replicas=3,
        endpoint_mode="dnsrr",
        isolation="hyperv",
        ports=({"published": 8080, "target": 80, "mode": "host"}, {"target": 443, "mode": "host"}),
        constraints=("node.platform.os == windows",),
        environment=({"name": "PRICE", "value": "5$"},),
        command=("run",),
    )
    found = read(swarm(MESH, shop, attached("shop", "mesh", aliases=("store",))))

    entry = found["services"]["shop"]
    labels = entry["deploy"].pop("labels")
    assert labels["container-network-designer.element"] == "shop"
    assert entry == {
        "image": "registry.example/shop:ltsc2022",
        "isolation": "hyperv",
        "networks": {"mesh": {"aliases": ["store"]}},
        "ports": [
            {"target": 80, "published": 8080, "protocol": "tcp", "mode": "host"},
            {"target": 443, "protocol": "tcp", "mode": "host"},
        ],
        "environment": ["PRICE=5$$"],
        "command": ["run"],
        "deploy": {
            "mode": "replicated",
            "replicas": 3,
            "endpoint_mode": "dnsrr",
            "placement": {"constraints": ["node.platform.os == windows"]},
        },
    }
    assert found["networks"]["mesh"]["ipam"] == {"config": [{"subnet": "10.90.1.0/24"}]}
    assert found["networks"]["mesh"]["attachable"] is True
    assert found["version"] == "3.8"


def test_a_global_service_has_no_replicas_and_none_is_a_number() -> None:
    everywhere = read(swarm(MESH, service(mode="global"), attached("shop", "mesh")))["services"]["shop"]["deploy"]
    stopped = read(swarm(MESH, service(replicas=0), attached("shop", "mesh")))["services"]["shop"]["deploy"]

    assert everywhere["mode"] == "global"
    assert "replicas" not in everywhere
    assert stopped["replicas"] == 0


def test_a_gateway_of_its_own_is_refused() -> None:
    subnet = ({"prefix": "10.90.1.0/24", "gateway": "10.90.1.254"},)
    mesh = network("mesh", NetworkMode.OVERLAY, parent=None, subnets=subnet)
    with pytest.raises(ExportError, match=r"“mesh” the gateway 10\.90\.1\.254"):
        rendered(swarm(mesh, service(), attached("shop", "mesh")))


def test_a_host_that_makes_no_service_is_refused() -> None:
    with pytest.raises(ExportError, match="“NODE01” makes no service"):
        rendered(swarm(MESH))


def test_how_the_swarm_comes_about_is_listed() -> None:
    text = rendered(swarm(MESH, service(), attached("shop", "mesh"))).text

    assert "# Not in this file" in text
    assert "swarm" in text.split("version:")[0]


@example("${PRICE} 5$")
@given(texts)
def test_no_text_becomes_something_else(value: str) -> None:
    shop = service(environment=({"name": "A", "value": value},), command=(value,))
    found = read(swarm(MESH, shop, attached("shop", "mesh")))["services"]["shop"]

    assert found["environment"][0].replace("$$", "$") == f"A={value}"
    assert found["command"][0].replace("$$", "$") == value
