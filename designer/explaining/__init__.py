"""From an error text to the rules that it speaks of, and to the elements of a design."""
