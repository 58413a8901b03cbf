from __future__ import annotations

from dataclasses import replace

from designer.export.plan import plan
from designer.export.powershell_hns import (
    apply_policies,
    create_host_endpoint,
    create_load_balancer,
    remove_host_endpoint,
    remove_load_balancer,
)
from designer.export.removals import RemoveHostEndpoint, RemoveLoadBalancer
from designer.export.statements import ApplyPolicies, CreateHostEndpoint, CreateLoadBalancer
from tests.unit.export.designs import HOST, policies


def test_policies_are_hashtables_of_hcn() -> None:
    statement = next(each for each in plan(policies(), HOST).statements if isinstance(each, ApplyPolicies))

    text = "\n".join(apply_policies(statement))
    for setting in (
        "Action = 'Allow'",
        "Direction = 'In'",
        "Protocols = '6'",
        "RemoteAddresses = '10.61.0.0/16'",
        "LocalPorts = '80,8000-8010'",
        "RuleType = 'Switch'",
        "Priority = 100",
        "@{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = 12500000 } }",
    ):
        assert setting in text
    assert "$missing.Count -gt 0 -and" in text


def test_a_host_endpoint_is_made_and_attached_and_removed_if_marked() -> None:
    statement = next(each for each in plan(policies(), HOST).statements if isinstance(each, CreateHostEndpoint))
    text = "\n".join(create_host_endpoint(statement))

    assert "Set-Mark 'endpoint-endpoint'" in text
    assert "-PrefixLength 24" in text
    assert "-EndpointID (Get-HostEndpoint 'bridge0-host').ID `\n        -CompartmentID 1" in text
    removal = statement.inverse
    assert isinstance(removal, RemoveHostEndpoint)
    assert remove_host_endpoint(removal)[0].startswith("if ((Test-Mark 'endpoint-endpoint')")


def test_a_load_balancer_is_found_by_its_address_and_port() -> None:
    statement = next(each for each in plan(policies(), HOST).statements if isinstance(each, CreateLoadBalancer))
    lines = [line.strip() for line in create_load_balancer(statement)]

    assert lines[0].startswith("if (-not (Find-LoadBalancer '10.61.1.100' 80 6)")
    assert "-DSR `" in lines
    assert not any("PreserveDip" in line for line in lines)
    assert "-PreserveDip `" in "\n".join(create_load_balancer(replace(statement, preserve_destination=True)))
    assert "-SourceVip '10.61.1.250' `" in lines
    removal = statement.inverse
    assert isinstance(removal, RemoveLoadBalancer)
    assert remove_load_balancer(removal)[0].startswith("if ((Test-Mark 'balancer-balancer')")
