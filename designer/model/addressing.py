"""Addresses, prefixes, ports and ids of networks as types.

Inside the program no address is a string: text is parsed where it enters. What Docker or HNS would take although it
cannot work (host bits in a prefix, a VLAN of 5000) can be represented, so that a rule can say what is wrong with it.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network
from typing import Annotated, Literal, Self

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network
IpInterface = IPv4Interface | IPv6Interface

VlanId = Annotated[int, Field(ge=0, le=4_294_967_295)]
"""An 802.1Q VLAN id. Docker takes any 32-bit number; 1 to 4094 work (rule VLN002). Source: moby windows driver."""

VirtualSubnetId = Annotated[int, Field(ge=0, le=4_294_967_295)]
"""A VSID or VXLAN network identifier; 4096 to 16777215 work on Windows (rule VSI002)."""

PortNumber = Annotated[int, Field(ge=0, le=65_535)]
"""A TCP or UDP port; 0 means "chosen when the container starts"."""

Protocol = Literal["tcp", "udp", "sctp", "icmp", "any"]

_MAC_TEXT = re.compile(r"([0-9A-Fa-f]{2})([-:])(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{12}")


class MacAddress(str):
    """A MAC address in the spelling of HNS: six octets, upper case, dashes (``00-15-5D-01-02-03``)."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Parse colons, dashes or twelve hexadecimal digits.

        Raises:
            ValueError: the text is not a MAC address.
        """
        if not _MAC_TEXT.fullmatch(text):
            message = f"“{text}” is not a MAC address; write six octets such as 00-15-5D-01-02-03"
            raise ValueError(message)
        digits = text.replace("-", "").replace(":", "").upper()
        return super().__new__(cls, "-".join(digits[i : i + 2] for i in range(0, 12, 2)))

    @property
    def number(self) -> int:
        """The address as an integer of 48 bits."""
        return int(self.replace("-", ""), 16)

    @property
    def is_unicast(self) -> bool:
        """Whether one adapter can have this address: not a group address, not all zero."""
        return not int(self[:2], 16) & 1 and self.number != 0

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
        )


def first_usable(network: IpNetwork) -> IpAddress:
    """Return the first address that a host can have: the one after the network address."""
    return network[1] if network.num_addresses > 2 else network[0]


def overlaps(left: IpNetwork, right: IpNetwork) -> bool:
    """Whether the two prefixes share an address; prefixes of different families never do."""
    if isinstance(left, IPv4Network):
        return isinstance(right, IPv4Network) and left.overlaps(right)
    return isinstance(right, IPv6Network) and left.overlaps(right)


def contains(outer: IpNetwork, inner: IpNetwork) -> bool:
    """Whether the inner prefix lies wholly in the outer one."""
    if isinstance(outer, IPv4Network):
        return isinstance(inner, IPv4Network) and inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and inner.subnet_of(outer)
