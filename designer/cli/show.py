"""``designer show``: the inventory of a design."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from designer.cli.inventory import inventory
from designer.cli.streams import read_design
from designer.cli.terminal import shown


@click.command(
    short_help="List hosts, switches, networks, containers, services and traffic.",
    epilog="\b\nExample:\n  designer show design.cnd --format json",
)
@click.argument("name", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of output.")
def command(name: str, form: str) -> None:
    """List what a design holds: hosts, switches, networks, endpoints, containers, services, ports, traffic."""
    found = inventory(read_design(name).topology)
    if form == "json":
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        lines = [line for host in found["hosts"] for line in _host_lines(host)]
        lines += [line for service in found.get("services", ()) for line in _service_lines(service)]
        lines += [_flow_line(flow) for flow in found.get("flows", ())]
        click.echo("\n".join(shown(line) for line in lines) or "The design has no host.")


def _host_lines(host: dict[str, Any]) -> Iterator[str]:
    yield f"{host['name']} ({host['os']})"
    for switch in host["switches"]:
        uplinks = f" on {', '.join(switch['uplinks'])}" if switch["uplinks"] else ""
        yield f"  switch {switch['name']}: {switch['type']}{uplinks}"
    for network in host["networks"]:
        subnets = ", ".join(_subnet(subnet) for subnet in network["subnets"])
        vlan = f", VLAN {network['vlan']}" if network["vlan"] is not None else ""
        yield f"  network {network['name']}: {network['driver']}{': ' if subnets else ''}{subnets}{vlan}"
    for container in host["containers"]:
        yield f"  container {container['name']}: {container['isolation']} isolation, {container['image']}"
        for endpoint in container["endpoints"]:
            ports = "".join(f", {_port(port)}" for port in endpoint["ports"])
            yield f"    on {endpoint['network']}: {endpoint['ip'] or 'address not fixed'}{ports}"


def _service_lines(service: dict[str, Any]) -> Iterator[str]:
    tasks = "on each node" if service["replicas"] is None else f"{service['replicas']} tasks"
    nodes = ", ".join(service["nodes"]) or "no node"
    yield f"service {service['name']}: {tasks}, {service['endpoint_mode']}, {service['image']}, on {nodes}"
    for network in service["networks"]:
        yield f"  on {network}"
    for port in service["ports"]:
        mapping = {"host": port["published"], "container": port["target"], "protocol": port["protocol"]}
        yield f"  {_port(mapping)}, {port['mode']}"


def _flow_line(flow: dict[str, Any]) -> str:
    port = f" {flow['port']}" if flow["port"] is not None else ""
    how = {"own": "", "published": " (published)", "localhost": " (at 127.0.0.1)"}[flow["address"]]
    return f"traffic {flow['source']} → {flow['target']}: {flow['protocol'].upper()}{port}{how}"


def _subnet(subnet: dict[str, Any]) -> str:
    return f"{subnet['prefix']}, gateway {subnet['gateway']}" if subnet["gateway"] else str(subnet["prefix"])


def _port(port: dict[str, Any]) -> str:
    return f"port {port['host'] or 'any'} → {port['container']}/{port['protocol']}"
