"""The JSON Schema of design files, made from the model."""

from __future__ import annotations

from typing import Any

from designer.model.entities import entities_adapter
from designer.storage.document import FORMAT, MAX_ENTITIES, PRODUCT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MEDIA_TYPE = "application/vnd.container-network-designer+json"

_MAC_PATTERN = "^([0-9A-Fa-f]{2}[-:]){5}[0-9A-Fa-f]{2}$|^[0-9A-Fa-f]{12}$"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every design file of the present format satisfies."""
    elements = entities_adapter.json_schema()
    definitions: dict[str, Any] = elements.pop("$defs")
    for definition in definitions.values():
        _require_kind(definition)
    major, minor = FORMAT
    return {
        "$schema": DIALECT,
        "$id": f"https://container-network-designer.invalid/schema/{major}.{minor}.json",
        "title": f"{PRODUCT}: design",
        "description": f"A design file ({MEDIA_TYPE}), format {major}.{minor}.",
        "type": "object",
        "required": ["document", "elements"],
        "additionalProperties": False,
        "properties": {
            "document": {
                "type": "object",
                "required": ["format", "product"],
                "additionalProperties": False,
                "properties": {
                    "format": {"const": f"{major}.{minor}"},
                    "product": {"const": PRODUCT},
                },
            },
            "elements": {**elements, "maxItems": MAX_ENTITIES},
        },
        "$defs": definitions,
    }


def _require_kind(definition: dict[str, Any]) -> None:
    """Make the kind required, so that exactly one member of the union fits, and give MAC addresses their form."""
    properties = definition.get("properties", {})
    if "const" in properties.get("kind", {}):
        definition["required"] = sorted({*definition.get("required", ()), "kind"})
    for name in ("mac", "first", "last"):
        for choice in (properties.get(name, {}), *properties.get(name, {}).get("anyOf", ())):
            if choice.get("type") == "string" and "format" not in choice:
                choice["pattern"] = _MAC_PATTERN
