"""``designer trace``: the story of a packet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, cast

import click

from designer import api
from designer.cli.streams import read_design
from designer.cli.terminal import shown
from designer.model.base import Element
from designer.model.topology import Topology
from designer.simulate.drops import DROPS
from designer.simulate.trace import Addressing, Hop, Trace


@click.command(
    short_help="Follow a packet from one thing to another, hop by hop.",
    epilog="\b\nExamples:\n"
    "  designer trace design.cnd --from web01 --to db01:1433\n"
    "  designer trace design.cnd --from Client --to web01:8080 --address published\n"
    "  designer trace design.cnd --from HOST01/web01 --to 10.0.0.50:53/udp --format json\n"
    "  designer trace design.cnd --from web01 --to db01:icmp",
)
@click.argument("name", metavar="FILE")
@click.option("--from", "source", metavar="A", required=True, help="Who sends: a name, HOST/NAME or id.")
@click.option(
    "--to",
    "target",
    metavar="B[:PORT[/PROTO]]",
    required=True,
    help="Who is asked: a name, HOST/NAME, id or IP address, with a port or a protocol without ports.",
)
@click.option(
    "--address",
    type=click.Choice(["own", "published", "localhost"]),
    default="own",
    help="Address of the target itself, of its host with a published port, or 127.0.0.1.",
)
@click.option("--ip-version", type=click.Choice(["4", "6"]), default="4", help="IP version.")
@click.option("--name", "lookup", metavar="NAME", default="", help="DNS name of the target, looked up first.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of output.")
@click.pass_context
def command(context: click.Context, /, name: str, source: str, target: str, **options: str) -> None:
    """Follow a packet and its answer, and say where it ends and why.

    The exit code is 0 when the packet and its answer arrive, and 1 when one of them is dropped.
    """
    topology = read_design(name).topology
    found = api.trace(
        topology,
        source,
        target,
        address=cast(Addressing, options["address"]),
        ip_version=cast(Literal[4, 6], int(options["ip_version"])),
        name=options["lookup"],
    )
    if options["form"] == "json":
        click.echo(json.dumps(as_json(topology, found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(shown(line) for line in as_text(found)))
    context.exit(0 if found.works else 1)


def as_text(found: Trace) -> Iterator[str]:
    """Yield the lines of a story: the verdict, the request, the answer, what to know besides."""
    yield found.sentence
    yield from _way("Request", found)
    if found.reply is not None:
        yield from _way("Answer", found.reply)
    for rule, sentence in found.warnings:
        yield from ("", f"Warning {rule}: {sentence}")
    code = found.code or (found.reply.code if found.reply is not None else "")
    if code:
        drop = DROPS[code]
        yield from ("", f"{code}: {drop.meaning} ({drop.place}).")
        if drop.rules:
            yield f"Rules that predict it: {', '.join(drop.rules)}. See: designer rules {drop.rules[0]}"
    if any(hop.inferred for way in (found, found.reply) if way is not None for hop in way.hops):
        yield from ("", "~ follows from code or from how networks work; no source states it.")


def _way(title: str, found: Trace) -> Iterator[str]:
    yield from ("", f"{title}: {found.outcome}{f' ({found.code})' if found.code else ''}")
    header = ""
    for number, hop in enumerate(found.hops, start=1):
        mark = "~" if hop.inferred else " "
        path = hop.path or "-"
        yield f"{number:>4}{mark} {path:<4} {hop.text}"
        if hop.header != header:
            header = hop.header
            yield f"{'':10} {header}"


def _place(topology: Topology, hop: Hop) -> str:
    """Return where a hop is: the element, and which part of it."""
    element = topology.find(hop.element, Element)
    name = element.name if element is not None else _link_name(topology, hop)
    part = hop.part.partition(":")[0].replace("-", " ")
    return f"{name} ({part})" if part else name


def _link_name(topology: Topology, hop: Hop) -> str:
    """Return the name of an endpoint, which has none of its own: of its two ends."""
    link = topology.get(hop.element)
    ends = [topology.find(end, Element) for end in link.references()] if link is not None else []
    return " on ".join(end.name for end in ends if end is not None) or hop.element


def as_json(topology: Topology, found: Trace) -> dict[str, Any]:
    """Return a story as JSON: the same things as the text, and the ids."""
    return {
        "outcome": found.outcome.value,
        "works": found.works,
        "code": found.code,
        "where": found.where,
        "sentence": found.sentence,
        "predicted_by": list(DROPS[found.code].rules) if found.code else [],
        "hops": [
            {
                "element": hop.element,
                "part": hop.part,
                "place": _place(topology, hop),
                "text": hop.text,
                "header": hop.header,
                "path": hop.path,
                "inferred": hop.inferred,
            }
            for hop in found.hops
        ],
        "reply": as_json(topology, found.reply) if found.reply is not None else None,
        "warnings": [{"rule": rule, "sentence": sentence} for rule, sentence in found.warnings],
        "touched": sorted(found.touched),
    }
