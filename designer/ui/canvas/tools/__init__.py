"""One gesture per module: pointer and keys in, one change of the design out."""
