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
    short_help="List hosts, switches, networks, containers and addresses.",
    epilog="\b\nExample:\n  designer show design.cnd --format json",
)
@click.argument("name", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of output.")
def command(name: str, form: str) -> None:
    """List what a design holds: hosts, switches, networks, endpoints, containers, addresses, ports."""
    found = inventory(read_design(name).topology)
    if form == "json":
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        lines = [line for host in found["hosts"] for line in _host_lines(host)]
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


def _subnet(subnet: dict[str, Any]) -> str:
    return f"{subnet['prefix']}, gateway {subnet['gateway']}" if subnet["gateway"] else str(subnet["prefix"])


def _port(port: dict[str, Any]) -> str:
    return f"port {port['host'] or 'any'} → {port['container']}/{port['protocol']}"
