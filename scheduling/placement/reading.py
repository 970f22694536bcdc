"""Reads a placement instance strictly: everything that is wrong with it is told at once."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import Struct

from programmes.common.errors import Refused
from scheduling.placement.words import Instance, Risk

LARGEST_FILE = 32 * 1024 * 1024


def read_instance(raw: bytes) -> Instance:
    """Raises Refused with every fault, each after the place in the document where it stands."""
    document = _document(raw)
    faults = (*_shape_faults(document, Instance, ""), *_meaning_faults(document))
    if faults:
        raise Refused(*faults)
    return msgspec.convert(document, Instance)


def _document(raw: bytes) -> Any:
    if len(raw) > LARGEST_FILE:
        raise Refused(f"It is larger than {LARGEST_FILE // 1024**2} MB.")
    try:
        return msgspec.json.decode(raw)
    except RecursionError:
        raise Refused("It is not a placement instance: it is nested too deeply.") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refused(f"It is not JSON in UTF-8: {error}.") from None


def _shape_faults(raw: Any, kind: Any, at: str) -> Iterator[str]:
    """Missing and unknown fields, wrong types and numbers out of range."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield from _object_faults(raw, kind, at)
    elif get_origin(kind) is tuple:
        yield from _list_faults(raw, get_args(kind)[0], at)
    else:
        try:
            msgspec.convert(raw, kind)
        except msgspec.ValidationError:
            yield f"{at}: {_shown(raw)} is not {_in_words(kind)}."


def _object_faults(raw: Any, kind: type[Struct], at: str) -> Iterator[str]:
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    if not isinstance(raw, dict):
        yield f"{at or 'The document'}: {_shown(raw)} is not an object with {', '.join(fields)}."
        return
    dot = f"{at}." if at else ""
    for name in sorted(raw.keys() - fields.keys()):
        yield f"{dot}{name}: there is no such field."
    for name, field_kind in fields.items():
        if name in raw:
            yield from _shape_faults(raw[name], field_kind, f"{dot}{name}")
        else:
            yield f"{dot}{name}: it is missing."


def _list_faults(raw: Any, kind: Any, at: str) -> Iterator[str]:
    if not isinstance(raw, list):
        yield f"{at}: {_shown(raw)} is not a list."
        return
    for number, item in enumerate(raw):
        yield from _shape_faults(item, kind, f"{at}[{number}]")


def _in_words(kind: Any) -> str:
    if kind is Risk:
        return f"one of {', '.join(Risk)}"
    assert get_origin(kind) is Annotated
    described = [meta.description for meta in get_args(kind)[1:] if meta.description]
    return str(described[-1])


def _shown(raw: Any) -> str:
    text = msgspec.json.encode(raw).decode()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _meaning_faults(document: Any) -> Iterator[str]:
    """Ids used twice or not known. Looks past whatever has not the right shape."""
    cohorts = list(_objects(document, "cohorts"))
    people = list(_objects(document, "people"))
    known_cohorts = {cohort.get("id") for _, cohort in cohorts if _is_text(cohort.get("id"))}
    known_people = {person.get("id") for _, person in people if _is_text(person.get("id"))}
    yield from _repeated_ids(cohorts)
    yield from _repeated_ids(people)
    for at, person in people:
        yield from _option_faults(person, known_cohorts, at)
    yield from _pair_faults(document, known_people)


def _objects(holder: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    items = holder.get(name) if isinstance(holder, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield f"{name}[{number}]", item


def _is_text(raw: Any) -> bool:
    return isinstance(raw, str)


def _repeated_ids(items: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    seen: set[str] = set()
    for at, item in items:
        name = item.get("id")
        if _is_text(name) and name in seen:
            yield f"{at}.id: {_shown(name)} is used twice."
        elif _is_text(name):
            seen.add(str(name))


def _option_faults(person: dict[str, Any], known: set[Any], at: str) -> Iterator[str]:
    seen: set[str] = set()
    for where, option in _objects(person, "options"):
        name = option.get("cohort")
        if not _is_text(name):
            continue
        if name not in known:
            yield f"{at}.{where}.cohort: there is no cohort {_shown(name)}."
        elif name in seen:
            yield f"{at}.{where}.cohort: {_shown(name)} is an option twice."
        seen.add(str(name))


def _pair_faults(document: Any, known: set[Any]) -> Iterator[str]:
    pairs = document.get("apart") if isinstance(document, dict) else None
    for number, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        if not isinstance(pair, list) or not all(map(_is_text, pair)):
            continue
        for name in pair:
            if name not in known:
                yield f"apart[{number}]: there is no person {_shown(name)}."
        if len(pair) == 2 and pair[0] == pair[1]:
            yield f"apart[{number}]: {_shown(pair[0])} cannot be kept from themselves."
