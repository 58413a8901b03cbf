from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.links import AclRule, Attachment, PortMapping


def attachment(**fields: object) -> Attachment:
    return Attachment.model_validate({"id": "a", "source": "web", "target": "nat0"} | fields)


def test_an_attachment_leaves_everything_to_hns_by_default() -> None:
    plain = attachment()
    assert plain.ip is None
    assert plain.mac is None
    assert plain.ports == ()
    assert plain.outbound_limit_bytes_per_second is None


def test_policies_are_part_of_the_attachment() -> None:
    full = attachment(
        ip="172.16.0.10",
        mac="00:15:5d:00:00:01",
        ports=[{"host_port": 8080, "container_port": 80}],
        acls=[{"action": "block", "remote_addresses": ["10.0.0.0/8"], "local_ports": [{"first": 80, "last": 90}]}],
    )
    assert full.ports == (PortMapping(host_port=8080, container_port=80),)
    assert full.acls[0].local_ports[0].last == 90
    assert AclRule().enforced_by == "switch"


@pytest.mark.parametrize(
    "fields",
    [
        {"ip": "172.16.0"},
        {"mac": "1"},
        {"ports": [{"host_port": 70000}]},
        {"outbound_limit_bytes_per_second": 0},
        {"acls": [{"priority": -1}]},
    ],
)
def test_what_is_no_address_port_or_limit_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        attachment(**fields)
