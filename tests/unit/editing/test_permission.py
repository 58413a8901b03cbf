from __future__ import annotations

import pytest

from designer.editing.permission import require_connectable, require_containable, require_flow
from designer.errors import ChangeError
from designer.model.fabric import Client
from designer.model.flows import Flow
from designer.model.links import Attachment
from designer.model.workloads import WindowsContainer
from tests.unit.sample import CLIENT, CORP, HOST, LAN, WEB, sample


def test_what_the_rules_allow_passes() -> None:
    require_containable(sample(), HOST, WindowsContainer)
    assert require_connectable(sample(), WEB, CORP).link is Attachment
    assert require_flow(sample(), CLIENT, WEB).link is Flow


def test_what_the_rules_refuse_is_an_error_with_their_reason() -> None:
    with pytest.raises(ChangeError, match="HOST01"):
        require_containable(sample(), HOST, Client)
    with pytest.raises(ChangeError, match="itself"):
        require_connectable(sample(), WEB, WEB)
    with pytest.raises(ChangeError):
        require_connectable(sample(), LAN, WEB)
    with pytest.raises(ChangeError, match="sends nothing"):
        require_flow(sample(), LAN, WEB)
