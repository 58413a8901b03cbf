"""Design files: JSON text that is equal for equal designs, read with suspicion and saved without risk."""
