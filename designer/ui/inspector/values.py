"""Between typed values and the text in an editor; no widgets."""

from __future__ import annotations

import csv
import io
import types
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from designer.model.base import Value
from designer.model.identity import EntityId


class Editor(StrEnum):
    """What sort of editor a field gets."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CHOICE = "choice"
    FLAG = "flag"
    ELEMENT = "element"
    ROWS = "rows"


_LONG = frozenset({"remark", "text", "description"})


def annotation_of(owner: type[BaseModel], path: str) -> Any:
    """Return the annotation of a field; a dot leads into a nested value."""
    name, _, rest = path.partition(".")
    field = owner.model_fields[name]
    annotation: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    if not rest:
        return annotation
    nested = next(found for found in _members(annotation) if isinstance(found, type) and issubclass(found, Value))
    return annotation_of(nested, rest)


def editor_of(owner: type[BaseModel], path: str) -> Editor:
    """Return what sort of editor a field needs."""
    annotation = annotation_of(owner, path)
    members = _members(annotation)
    if row_type(annotation) is not None:
        return Editor.ROWS
    if EntityId in members:
        return Editor.ELEMENT
    if bool in members:
        return Editor.FLAG
    if choices(annotation):
        return Editor.CHOICE
    return Editor.LONG_TEXT if path in _LONG else Editor.TEXT


def row_type(annotation: Any) -> type[Value] | None:
    """Return the type of the rows of a table; None for anything but a tuple of values that have several fields."""
    item = item_type(annotation)
    is_value = isinstance(item, type) and issubclass(item, Value)
    return item if is_value and not _is_range(item) else None


def item_type(annotation: Any) -> Any:
    """Return what a tuple holds; None for what is no tuple."""
    plain = _plain(annotation)
    return get_args(plain)[0] if get_origin(plain) is tuple else None


def choices(annotation: Any) -> tuple[Any, ...]:
    """Return the values of an enumeration, None first where the field may be left open; empty for other fields."""
    members = _members(annotation)
    found: list[Any] = [None] if type(None) in members else []
    for member in members:
        if get_origin(member) is Literal:
            found += get_args(member)
        elif isinstance(member, type) and issubclass(member, StrEnum):
            found += list(member)
    return tuple(found) if len(found) > 1 else ()


def is_optional(annotation: Any) -> bool:
    """Whether the field may be left open."""
    return type(None) in _members(annotation)


def get_value(entity: BaseModel, path: str) -> Any:
    """Return the value of a field; None where the nested value is not there."""
    value: Any = entity
    for name in path.split("."):
        value = getattr(value, name) if value is not None else None
    return value


def field_update(entity: BaseModel, path: str, value: Any) -> tuple[str, Any]:
    """Return the top-level field and its new value that put a value at a path; None at a choice removes the whole."""
    name, _, rest = path.partition(".")
    if not rest:
        return name, value
    if value is None and not is_optional(annotation_of(type(entity), path)):
        return name, None
    nested = getattr(entity, name)
    if nested is None:
        annotation = annotation_of(type(entity), name)
        nested_type = next(found for found in _members(annotation) if found is not type(None))
        return name, TypeAdapter(nested_type).validate_python({rest: value})
    return name, type(nested).model_validate(dict(nested) | {rest: value})


def to_text(value: Any) -> str:
    """Return a value as it stands in an editor: nothing for None, commas between the members of a list."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _joined([to_text(member) for member in value], ",")
    if isinstance(value, Value) and _is_range(type(value)):
        first, last = to_text(get_value(value, "first")), to_text(get_value(value, "last"))
        return first if first == last else f"{first} - {last}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def from_text(annotation: Any, text: str) -> Any:
    """Return the value that a text stands for.

    Raises:
        ValueError: what is wrong with it, as a sentence.
    """
    plain = text.strip()
    item = item_type(annotation)
    if item is not None:
        return tuple(from_text(item, part) for part in _split(plain, ",") if part.strip())
    if not plain and is_optional(annotation):
        return None
    span = next((member for member in _members(annotation) if _is_range(member)), None)
    if span is not None:
        return _range_from_text(span, plain)
    try:
        return _adapter(annotation).validate_python(plain)
    except ValidationError as error:
        raise ValueError(_sentence(annotation, plain, error)) from None


def command_text(arguments: tuple[str, ...]) -> str:
    """Return a command line: arguments between blanks, in double quotes where they hold one."""
    return _joined(list(arguments), " ")


def command_from_text(text: str) -> tuple[str, ...]:
    """Return the arguments of a command line."""
    return tuple(part for part in _split(text.strip(), " ") if part)


def _joined(parts: list[str], separator: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="").writerow(parts)
    return line.getvalue().replace(",", ", ") if separator == "," and '"' not in line.getvalue() else line.getvalue()


def _split(text: str, separator: str) -> list[str]:
    lines = [text.replace("\n", " ")] if text else []
    return [part for row in csv.reader(lines, delimiter=separator, skipinitialspace=True) for part in row]


def _is_range(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, Value) and set(found.model_fields) == {"first", "last"}


def _range_from_text(span: type[Value], text: str) -> Value:
    first, dash, last = text.partition("-") if text.count("-") == 1 else text.partition(" - ")
    annotation = span.model_fields["first"].annotation
    start = from_text(annotation, first)
    return span.model_validate({"first": start, "last": from_text(annotation, last) if dash else start})


def _sentence(annotation: Any, text: str, error: ValidationError) -> str:
    """Say in one sentence what is expected, not what the parser tripped over."""
    detail = error.errors()[0]
    context = detail.get("ctx", {})
    names = {getattr(member, "__name__", "") for member in _members(annotation)}
    if not text:
        return "This cannot be empty."
    match detail["type"]:
        case "string_too_long":
            return f"This can have {context['max_length']} characters at most."
        case "greater_than_equal":
            return f"This must be {context['ge']} or more."
        case "less_than_equal":
            return f"This must be {context['le']} or less."
        case "greater_than":
            return f"This must be more than {context['gt']}."
        case "int_parsing" | "int_from_float" | "float_parsing":
            return f"“{text}” is not a number."
    if "IPv4Interface" in names:
        return f"“{text}” is not an address with a prefix length; write it like 10.0.0.0/24."
    if "IPv4Address" in names:
        return f"“{text}” is not an IP address; write it like 10.0.0.5."
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{message[:1].upper()}{message[1:].rstrip('.')}."


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def _plain(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _members(annotation: Any) -> tuple[Any, ...]:
    """Return the alternatives of a union, each without its constraints."""
    plain = _plain(annotation)
    if get_origin(plain) in {Union, types.UnionType}:
        return tuple(member for part in get_args(plain) for member in _members(part))
    return (plain,)
