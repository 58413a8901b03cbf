from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.base import Element, Link
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES, entities_adapter, entity_adapter, kind_of
from designer.model.hosts import Host
from designer.model.links import Cable
from designer.model.networks import ContainerNetwork


def test_kinds_are_unique_and_every_type_has_a_title() -> None:
    types = (*ELEMENT_TYPES, *LINK_TYPES)
    assert len({kind_of(entity_type) for entity_type in types}) == len(types)
    assert len({entity_type.title for entity_type in types}) == len(types)
    assert all(issubclass(entity_type, Element) for entity_type in ELEMENT_TYPES)
    assert all(issubclass(entity_type, Link) for entity_type in LINK_TYPES)


def test_the_discriminator_chooses_the_type() -> None:
    assert isinstance(entity_adapter.validate_python({"kind": "network", "id": "n", "name": "nat0"}), ContainerNetwork)
    found = entities_adapter.validate_json(
        '[{"kind":"host","id":"h","name":"H"},{"kind":"cable","id":"c","source":"h","target":"h"}]'
    )
    assert [type(entity) for entity in found] == [Host, Cable]


@pytest.mark.parametrize("raw", [{"id": "x"}, {"kind": "spaceship", "id": "x"}, {"kind": "host", "id": "x"}])
def test_what_has_no_known_kind_or_no_name_is_refused(raw: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        entity_adapter.validate_python(raw)
