from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.services import Service, ServicePort


def service(**fields: object) -> Service:
    return Service.model_validate({"id": "s", "name": "shop"} | fields)


def test_a_service_is_one_task_behind_a_virtual_ip_by_default() -> None:
    plain = service()
    assert (plain.mode, plain.replicas, plain.endpoint_mode, plain.ports) == ("replicated", 1, "vip", ())
    assert ServicePort().mode == "ingress"


@pytest.mark.parametrize(
    "fields", [{"replicas": -1}, {"mode": "both"}, {"endpoint_mode": "dns"}, {"ports": [{"published": 70_000}]}]
)
def test_what_no_service_can_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        service(**fields)
