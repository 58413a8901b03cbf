"""A small builder, so that an example of a rule reads like a sentence.

``design().host().network("nat0").container("web01", on="nat0", ip="172.16.0.10")``. Ids are the names; a name is
looked for in the design that was built so far, and what belongs in a host goes into the last one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from designer.model.annotations import Note, Placement, placement_id
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Client, Router, Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

Many = str | tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A design in the making; every method returns the next one."""

    entities: tuple[EntityBase, ...] = ()
    last: str = ""
    last_change: ChangeSet = field(default_factory=lambda: ChangeSet("", ()))

    @property
    def topology(self) -> Topology:
        return Topology.of_entities(self.entities)  # type: ignore[arg-type]  # only entities are added

    def _with(self, *added: EntityBase, last: str | None = None) -> Drawn:
        return replace(self, entities=(*self.entities, *added), last=self.last if last is None else last)

    def also(self, entity: EntityBase) -> Drawn:
        return self._with(entity)

    def host(self, name: str = "HOST01", /, **fields: Any) -> Drawn:
        return self._with(Host(**({"id": name, "name": name, "os": "ws2022"} | fields)), last=name)

    def _in_host(self, kind: type[Any], name: str, fields: dict[str, Any]) -> EntityBase:
        found = kind(**({"id": name, "name": name, "parent": self.last} | fields))
        assert isinstance(found, EntityBase)
        return found

    def nic(self, name: str = "Ethernet", /, cable: str = "", **fields: Any) -> Drawn:
        return self._with(self._in_host(PhysicalNic, name, fields)).cabled(name, cable)

    def cabled(self, name: str, segment: str) -> Drawn:
        return self._with(Cable(id=f"{name}|{segment}", source=name, target=segment)) if segment else self

    def team(self, name: str = "Team", /, **fields: Any) -> Drawn:
        return self._with(self._in_host(SetTeam, name, fields))

    def switch(self, name: str = "External", /, uplink: str = "", **fields: Any) -> Drawn:
        return self._with(self._in_host(VSwitch, name, fields)).uplink(name, uplink)

    def uplink(self, upper: str, lower: str) -> Drawn:
        return self._with(Uplink(id=f"{upper}|{lower}", source=upper, target=lower)) if lower else self

    def vnic(self, name: str = "vEthernet", /, on: str = "", **fields: Any) -> Drawn:
        return self._with(self._in_host(HostVNic, name, fields)).attached(name, on)

    def winnat(self, name: str = "WinNAT", /, **fields: Any) -> Drawn:
        return self._with(self._in_host(WinNat, name, fields))

    def network(
        self, name: str = "nat0", /, subnet: str = "", gateway: str | None = None, uplink: str = "", **fields: Any
    ) -> Drawn:
        if subnet:
            fields["subnets"] = ({"prefix": subnet, "gateway": gateway},)
        if fields.get("mode") == "overlay":
            fields = {"parent": None} | fields
        return self._with(self._in_host(ContainerNetwork, name, fields)).uplink(name, uplink)

    def compartment(self, name: str = "Compartment", /, on: str = "", **fields: Any) -> Drawn:
        return self._with(self._in_host(Compartment, name, fields)).attached(name, on)

    def container(self, name: str = "web01", /, on: Many = (), hyperv: bool = False, **fields: Any) -> Drawn:
        link = {key: fields.pop(key) for key in tuple(fields) if key in Attachment.model_fields and key != "name"}
        kind = HyperVContainer if hyperv else WindowsContainer
        link.pop("dns_servers", None)
        drawn = self._with(self._in_host(kind, name, fields))
        for network in (on,) if isinstance(on, str) else on:
            drawn = drawn.attached(name, network, **link)
            link = {}
        return drawn

    def attached(self, name: str, network: str, **fields: Any) -> Drawn:
        if not network:
            return self
        fresh = {"id": f"{name}|{network}", "source": name, "target": network}
        return self._with(Attachment.model_validate(fresh | fields))

    def segment(self, name: str = "LAN", /, prefix: str = "", **fields: Any) -> Drawn:
        subnet = {key: fields.pop(key) for key in ("router", "vlan", "dhcp") if key in fields}
        if prefix:
            fields["subnets"] = ({"prefix": prefix} | subnet,)
        return self._with(Segment(**({"id": name, "name": name} | fields)))

    def router(self, name: str = "Router", /, cable: str = "", **fields: Any) -> Drawn:
        return self._with(Router(**({"id": name, "name": name} | fields))).cabled(name, cable)

    def client(self, name: str = "Client", /, cable: str = "", **fields: Any) -> Drawn:
        return self._with(Client(**({"id": name, "name": name} | fields))).cabled(name, cable)

    def balancer(self, name: str = "LB", /, to: Many = (), **fields: Any) -> Drawn:
        ends = (to,) if isinstance(to, str) else to
        links = (Backend(id=EntityId(f"{name}|{end}"), source=EntityId(name), target=EntityId(end)) for end in ends)
        return self._with(LoadBalancer(**({"id": name, "name": name} | fields)), *links)

    def service(self, name: str = "web", /, on: Many = (), **fields: Any) -> Drawn:
        drawn = self._with(Service(**({"id": name, "name": name} | fields)))
        for network in (on,) if isinstance(on, str) else on:
            drawn = drawn.attached(name, network)
        return drawn

    def flow(self, source: str, target: str, /, **fields: Any) -> Drawn:
        fresh = {"id": f"{source}>{target}", "source": source, "target": target}
        return self._with(Flow.model_validate(fresh | fields))

    def note(self, name: str = "Note", /, **fields: Any) -> Drawn:
        return self._with(Note(**({"id": name, "name": name} | fields)))

    def placed(self, name: str, x: float, y: float) -> Drawn:
        placement = Placement(id=placement_id(EntityId(name)), element=EntityId(name), x=x, y=y)
        return replace(self._with(placement), last_change=ChangeSet("Move", (Edit(None, placement),)))


def design() -> Drawn:
    """Return an empty design."""
    return Drawn()
