"""Elements, links, modes and changes: what a design is."""
