"""What becomes of a packet in a design: hop by hop, with the headers, the verdict and the way back.

To learn how Windows container networks work, read in this order:

1. `trace` (what is asked, what comes out), `frames` (headers), `stations` (IP stacks and their interfaces), `steps`
   (where a packet can be) and `engine` (the loop: `FORWARDING` has one function for each place).
2. On every way: `starts`, `ends` and `beginnings` (program, address, name, lease), `stacks` (routes), `neighbours`
   (ARP), `policies` (firewalls and access lists), `switches` (into a Hyper-V switch and out of it, by isolation),
   `wires` (adapter, outer hypervisor, physical network), `dead_ends` (why a packet goes no further), `telling` (the
   verdict in words).
3. The modes: `host_stack` and `winnat` (nat, ics, internal), `publishing` (ports), `vfp` with `l2bridge`, `l2tunnel`
   and `overlay`, `balancing` and `mesh` (virtual addresses, services). transparent and private need only step 2.
4. What is known: `world`, made lazily of `machines` (by `building`), `fabric` and `tasks`; `trip` is what is recorded
   about one packet. `rows` and `drops` name the packet paths and the reasons of drops.

`packets`, `asking` and `matrix` are the questions: a declared flow, the words of a command line, all with all.
"""
