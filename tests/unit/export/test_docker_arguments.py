from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address

import pytest

from designer.errors import ExportError
from designer.export.docker_arguments import (
    connect_container,
    create_container,
    create_network,
    create_service,
    enter_swarm,
    name_pattern,
    on_names,
    publish,
    tag,
    with_settings,
)
from designer.export.plan import plan
from designer.export.service_statements import CreateService
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, EnterSwarm
from designer.model.identity import EntityId
from designer.model.links import PortMapping
from tests.unit.export.designs import HOST, engine, second_manager, services


def networks() -> dict[str, CreateNetwork]:
    return {each.name: each for each in plan(engine(), HOST).statements if isinstance(each, CreateNetwork)}


def containers() -> dict[str, CreateContainer]:
    return {each.name: each for each in plan(engine(), HOST).statements if isinstance(each, CreateContainer)}


def test_every_option_of_a_network_is_on_the_command_line() -> None:
    command = create_network(networks()["lan"])

    shim = "com.docker.network.windowsshim."
    assert command[:10] == (
        ("network", "create"),
        ("--driver", "transparent"),
        ("--subnet", "10.60.4.0/24"),
        ("--gateway", "10.60.4.1"),
        ("--opt", f"{shim}networkname=lan-hns"),
        ("--opt", f"{shim}interface=Ethernet 2"),
        ("--opt", f"{shim}vlanid=40"),
        ("--opt", f"{shim}dnssuffix=shop.example"),
        ("--opt", f"{shim}dnsservers=10.60.4.10,10.60.4.11"),
        ("--opt", f"{shim}macpool=00-15-5D-60-40-00,00-15-5D-60-4F-FF"),
    )
    assert command[-1] == ("lan",)


def test_every_option_of_a_container_is_on_the_command_line() -> None:
    command = create_container(containers()["web01"])

    assert command[1:16] == (
        ("--name", "web01"),
        ("--isolation", "process"),
        ("--network", "front"),
        ("--ip", "172.31.0.20"),
        ("--network-alias", "shop"),
        ("--network-alias", "www"),
        ("--publish", "8080:80/tcp"),
        ("--publish", "5353:53/udp"),
        ("--publish", "443/tcp"),
        ("--dns", "10.0.0.10"),
        ("--hostname", "web"),
        ("--memory", "512m"),
        ("--cpus", "1.5"),
        ("--env", 'GREETING=say "hello" now'),
        ("--label", "container-network-designer.element=web01"),
    )
    assert command[-4:] == ((containers()["web01"].image,), ("cmd",), ("/c",), ("echo started & ping -t localhost",))


def test_a_further_network_is_joined_with_its_address() -> None:
    joins = [each for each in plan(engine(), HOST).statements if isinstance(each, ConnectContainer)]

    assert connect_container(joins[-1]) == (
        ("network", "connect"),
        ("--ip", "192.168.77.20"),
        ("--alias", "web-back"),
        ("back",),
        ("web01",),
    )


def test_the_settings_label_changes_with_the_settings() -> None:
    web = containers()["web01"]

    assert with_settings(web).settings == web.settings
    assert with_settings(replace(web, hostname="other")).settings != web.settings


def test_a_network_name_that_docker_would_read_as_options_is_refused() -> None:
    statement = CreateContainer(
        element=EntityId("c"), reason="", name="web01", image="i", isolation="", network="name=evil"
    )

    with pytest.raises(ExportError, match="Rename the network"):
        create_container(statement)


def test_a_swarm_is_founded_by_one_and_joined_by_the_other() -> None:
    entries = [
        next(each for each in plan(second_manager(), EntityId(host)).statements if isinstance(each, EnterSwarm))
        for host in ("manager-a", "manager-b")
    ]

    assert enter_swarm(entries[0]) == (
        ("swarm", "init"),
        ("--advertise-addr", "10.30.0.11"),
        ("--listen-addr", "10.30.0.11:2377"),
        ("--data-path-port", "4790"),
    )
    assert enter_swarm(entries[1]) == (("swarm", "join"), ("--advertise-addr", "10.30.0.12"))


def test_names_that_look_like_options_stand_behind_two_dashes() -> None:
    assert on_names(("start",), "-rm") == (("start",), ("--",), ("-rm",))
    assert on_names(("start",), "web01") == (("start",), ("web01",))


@pytest.mark.parametrize(
    ("mapping", "text"),
    [
        (PortMapping(host_port=8080, container_port=80), "8080:80/tcp"),
        (PortMapping(container_port=53, protocol="udp"), "53/udp"),
        (PortMapping(host_port=80, container_port=80, host_address=ip_address("10.0.0.5")), "10.0.0.5:80:80/tcp"),
        (PortMapping(host_port=80, container_port=80, host_address=ip_address("fd00::1")), "[fd00::1]:80:80/tcp"),
    ],
)
def test_a_published_port_in_dockers_words(mapping: PortMapping, text: str) -> None:
    assert publish(mapping) == text


@pytest.mark.parametrize("hostile", ["a b", "x' -or '", "*", "ä", "a/b", "x" * 80, "-x"])
def test_an_id_that_cannot_be_a_tag_is_hashed(hostile: str) -> None:
    assert tag(EntityId("network-5f0c")) == "network-5f0c"
    assert tag(EntityId(hostile)).startswith("id-")


def test_a_name_filter_matches_the_whole_name_only() -> None:
    assert name_pattern("web.01") == "^web\\.01$"


def test_a_service_has_its_options_before_image_and_command() -> None:
    service = next(each for each in plan(services(), HOST).statements if isinstance(each, CreateService))
    words = [word for option in create_service(service) for word in option]

    assert words[:3] == ["service", "create", "--detach"]
    assert words[-1] == service.image
    assert words[words.index("--mode") : words.index("--mode") + 2] == ["--mode", "global"]
