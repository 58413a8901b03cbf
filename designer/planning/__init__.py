"""What is free: prefixes, addresses, ports, VLANs, virtual subnets and names. Used by the editor and by quick fixes."""
