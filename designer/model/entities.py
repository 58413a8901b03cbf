"""All entities of a design as one discriminated union."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from designer.model.annotations import DesignInfo, Note, Placement, Suppression
from designer.model.base import EntityBase
from designer.model.fabric import Client, Router, Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.services import Service
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

AnyElement = (
    Host
    | PhysicalNic
    | SetTeam
    | VSwitch
    | HostVNic
    | WinNat
    | ContainerNetwork
    | Compartment
    | WindowsContainer
    | HyperVContainer
    | Service
    | LoadBalancer
    | Segment
    | Router
    | Client
    | Note
)
AnyLink = Attachment | Uplink | Cable | Backend | Reference | Flow

Entity = Annotated[AnyElement | AnyLink | Placement | Suppression | DesignInfo, Field(discriminator="kind")]

ELEMENT_TYPES: tuple[type[AnyElement], ...] = (
    Host,
    PhysicalNic,
    SetTeam,
    VSwitch,
    HostVNic,
    WinNat,
    ContainerNetwork,
    Compartment,
    WindowsContainer,
    HyperVContainer,
    Service,
    LoadBalancer,
    Segment,
    Router,
    Client,
    Note,
)
LINK_TYPES: tuple[type[AnyLink], ...] = (Attachment, Uplink, Cable, Backend, Reference, Flow)

entity_adapter: TypeAdapter[Any] = TypeAdapter(Entity)
entities_adapter: TypeAdapter[list[Any]] = TypeAdapter(list[Entity])


@cache
def kind_of(entity_type: type[EntityBase]) -> str:
    """Return the discriminator of a type of entity: ``network`` for ContainerNetwork."""
    return str(entity_type.model_fields["kind"].default)
