"""What the rules explain: error texts, by the elements of a design; and what each mode can do on each release."""
