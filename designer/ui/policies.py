"""Actions on what is selected that are no gestures: isolation, access list, bandwidth, automatic layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.editing.commands import set_fields
from designer.editing.convert import convert_isolation
from designer.errors import DesignerError
from designer.model.links import AclRule, Attachment
from designer.model.workloads import ContainerBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.model.changes import ChangeSet
    from designer.ui.document_controller import DocumentController

FIRST_LIMIT_BYTES_PER_SECOND = 12_500_000
"""What a new bandwidth limit starts with: 100 Mbit/s."""


class Policies:
    """Runs the actions on the selection of a controller."""

    def __init__(self, controller: DocumentController) -> None:
        self._controller = controller

    def attachments(self) -> list[Attachment]:
        """Return the attachments that are selected, or that belong to the selected workloads."""
        topology = self._controller.topology
        found: dict[str, Attachment] = {}
        for key in sorted(self._controller.selection, key=lambda key: key.element):
            entity = topology.get(key.element)
            if isinstance(entity, Attachment):
                found[entity.id] = entity
            elif isinstance(entity, ContainerBase):
                found |= {link.id: link for link in topology.links_of(entity.id, Attachment)}
        return list(found.values())

    def why_no_policy(self) -> str:
        """Return why no policy can be added now; empty when one can."""
        if self._controller.is_read_only:
            return "This design was written by a newer version and can only be looked at here."
        if not self.attachments():
            return "Select a container that is on a network, or the line between them."
        return ""

    def add(self, policy: str) -> Attachment | None:
        """Add an access list entry (acl) or a limit (qos) to the selected attachments; return the first one."""
        reason = self.why_no_policy()
        if reason:
            self._controller.refused.emit(reason)
            return None
        links = self.attachments()
        topology = self._controller.topology
        if policy == "acl":
            changes = [set_fields(topology, [link.id], acls=(*link.acls, AclRule())) for link in links]
        else:
            limit = FIRST_LIMIT_BYTES_PER_SECOND
            changes = [set_fields(topology, [link.id], outbound_limit_bytes_per_second=limit) for link in links]
        total = changes[0]
        for change in changes[1:]:
            total = total.then(change)
        self._controller.execute(total)
        return links[0]

    def why_no_conversion(self) -> str:
        """Return why the isolation cannot be changed now; empty when it can."""
        chosen = [key.element for key in self._controller.selection if not key.is_derived]
        if not chosen or any(self._controller.topology.find(found, ContainerBase) is None for found in chosen):
            return "Select containers only."
        return ""

    def convert_isolation(self) -> None:
        """Make Hyper-V containers of the selected Windows containers, and the other way round."""
        chosen = [key.element for key in self._controller.selection if not key.is_derived]
        self.run(lambda: convert_isolation(self._controller.topology, chosen))

    def arrange(self) -> None:
        """Place everything anew but what is pinned, as one step."""
        from designer.drawing.layout import arrange  # noqa: PLC0415  # only when it is asked for

        self.run(lambda: arrange(self._controller.topology, everything=True))

    def run(self, command: Callable[[], ChangeSet]) -> bool:
        """Make a change, or say why it cannot be made."""
        try:
            change = command()
        except DesignerError as error:
            self._controller.refused.emit(str(error))
            return False
        return self._controller.execute(change)
