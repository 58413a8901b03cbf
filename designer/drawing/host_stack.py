"""The host's own compartment: its vNICs, with WinNAT between what it translates and what goes outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.drawing import looks
from designer.drawing.looks import NodeLook
from designer.drawing.parts import Role
from designer.model.hosts import HostVNic, WinNat
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.realisation import HostRealisation, PartKey
from designer.model.topology import Topology


@dataclass(frozen=True, slots=True)
class StackCard:
    """One card in the host's own compartment."""

    key: PartKey
    look: NodeLook
    role: Role


def stack_cards(
    topology: Topology, host: EntityId, realised: HostRealisation, networks: Sequence[ContainerNetwork]
) -> list[StackCard]:
    """Return the cards from top to bottom: vNICs as their bars stand from left to right, each WinNAT under its vNIC."""
    order = {network.id: place for place, network in enumerate(networks)}
    own = [part for part in realised.host_vnics if _is_own(topology, part.key, host, HostVNic)]
    own.sort(key=lambda part: (order.get(part.switch.element, len(order)), part.name, part.key.element))
    nats = [part for part in realised.winnats if _is_own(topology, part.key, host, WinNat)]
    cards: list[StackCard] = []
    done: set[PartKey] = set()
    for vnic in own:
        cards.append(StackCard(vnic.key, looks.vnic_look(vnic, _network(topology, vnic.network)), Role.VNIC))
        for nat in (part for part in nats if part.inside == vnic.key):
            cards.append(_nat_card(topology, nat.key, realised))
            done.add(nat.key)
    cards += [_nat_card(topology, nat.key, realised) for nat in nats if nat.key not in done]
    joined = {vnic.key.element for vnic in own}
    idle = [vnic for vnic in topology.children(host, HostVNic) if vnic.id not in joined]
    return cards + [StackCard(PartKey(vnic.id), looks.idle_vnic_look(vnic), Role.VNIC) for vnic in idle]


def _nat_card(topology: Topology, key: PartKey, realised: HostRealisation) -> StackCard:
    part = next(part for part in realised.winnats if part.key == key)
    drawn = topology.find(key.element, WinNat)
    return StackCard(key, looks.winnat_look(part, drawn), Role.WINNAT)


def _network(topology: Topology, network: EntityId | None) -> ContainerNetwork | None:
    return topology.find(network, ContainerNetwork) if network is not None else None


def _is_own(topology: Topology, key: PartKey, host: EntityId, kind: type[HostVNic] | type[WinNat]) -> bool:
    if key.is_derived:
        return True
    drawn = topology.find(key.element, kind)
    return drawn is not None and drawn.parent == host
