"""Editors for what is selected: one row for each field, findings below the field that they are about."""
