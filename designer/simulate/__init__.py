"""What becomes of a packet in a design: hop by hop, with the headers, the verdict and the way back.

`engine.trace` follows the steps that one small function for each kind of hop returns; `world` knows the design, and
`trace` holds what comes out.
"""
