"""The design as a graph: layer 2 and layer 3; ids in, ids out."""
