from __future__ import annotations

from designer.export.service_statements import CreateService, RemoveIngress, RemoveService, RestoreIngress
from designer.model.identity import EntityId


def test_each_step_is_undone() -> None:
    service = CreateService(element=EntityId("s"), reason="x", name="shop", image="i")
    ingress = RemoveIngress(element=EntityId("n"), reason="x")

    assert service.inverse == RemoveService(element=EntityId("s"), reason="service 'shop'", name="shop")
    assert isinstance(ingress.inverse, RestoreIngress)
    assert ingress.inverse.inverse is None
