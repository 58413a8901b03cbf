from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.workloads import HyperVContainer, WindowsContainer
from tests.unit.sample import eid


def test_a_container_needs_the_one_whose_network_it_shares() -> None:
    assert WindowsContainer(id=eid("a"), name="a", shares_network_of=eid("b")).references() == ("b",)
    assert HyperVContainer(id=eid("a"), name="a").references() == ()


def test_both_isolations_have_the_same_fields_but_for_their_kind() -> None:
    assert WindowsContainer.model_fields.keys() == HyperVContainer.model_fields.keys()


@pytest.mark.parametrize("fields", [{"memory_mb": 0}, {"cpus": 0}, {"environment": [{"name": ""}]}])
def test_limits_are_positive_and_variables_have_names(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WindowsContainer.model_validate({"id": "a", "name": "a"} | fields)
