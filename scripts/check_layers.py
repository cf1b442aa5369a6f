#!/usr/bin/env python3
"""Checks that every file includes only what docs/architecture.md allows.

The page holds three tables, which this script reads and nobody repeats elsewhere:
which folder may include which, which library may be included where, and which words
(printing, ending the process, ...) may stand where. A folder, library or word the page
does not know is a fault too. Usage: check_layers.py [ROOT]; exit 1 with one line a fault.

Limits: includes are read by their text, so one hidden behind a macro is not seen; words
are searched outside comments and literals, by name, so an alias of one is not seen.
"""

import graphlib
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
from source_text import code_only, line_of, sources  # noqa: E402

PAGE = "docs/architecture.md"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)
STANDARD = re.compile(r"[a-z_0-9]+")
CODE_SPAN = re.compile(r"`([^`]+)`")


class PageFault(Exception):
    """The tables of docs/architecture.md cannot be used."""


def table_under(page, heading):
    """Rows of the first table under a heading, each a list of cells; without its two head rows."""
    part = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if part is None:
        raise PageFault(f"{PAGE}: no heading '## {heading}'")
    rows = [line.strip().strip("|") for line in part.group(1).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.split("|")] for row in rows[2:]]
    if not cells:
        raise PageFault(f"{PAGE}: no table under '## {heading}'")
    return cells


def read_folders(page):
    """Folder -> set of folders it may include, itself among them. Must have no circle."""
    allowed = {}
    for name, _, others in table_under(page, "Folders"):
        folder = CODE_SPAN.findall(name)[0].rstrip("/")
        allowed[folder] = set() if others == "nothing" else set(others.split())
    for folder, others in allowed.items():
        for other in others - allowed.keys():
            raise PageFault(f"{PAGE}: {folder}/ may include {other}/, which has no row")
    try:
        tuple(graphlib.TopologicalSorter(allowed).static_order())
    except graphlib.CycleError as error:
        raise PageFault(f"{PAGE}: folders in a circle: {' -> '.join(error.args[1])}") from error
    for folder in allowed:
        allowed[folder].add(folder)
    return allowed


def read_places(page, heading):
    """List of (name, words, places) from a table of name, `words`, `places` or 'nowhere'."""
    rules = []
    for name, words, places in table_under(page, heading):
        everywhere = places == "everywhere"
        rules.append((name, CODE_SPAN.findall(words), [""] if everywhere else CODE_SPAN.findall(places)))
        if not rules[-1][2] and places != "nowhere":
            raise PageFault(f"{PAGE}: '{name}' needs `places`, 'everywhere' or 'nowhere'")
    return rules


def may_stand(place, places):
    """Whether a file (path below src/) is in one of the places: folders end in /, others begin names."""
    return any(place.startswith(one) for one in places)


def check_own_include(place, target, allowed):
    """Says what is wrong with #include "target" in the file at place, or nothing."""
    folder = place.split("/")[0]
    other, _, rest = target.partition("/")
    if not rest:
        return f'"{target}" must be written with its folder'
    if other not in allowed:
        return f'"{target}" is in no folder of {PAGE}'
    if other not in allowed[folder]:
        return f"{folder}/ may not include {other}/ ({target})"
    return None


def check_library_include(place, target, libraries):
    """Says what is wrong with #include <target> in the file at place, or nothing."""
    for name, prefixes, places in libraries:
        if any(target == prefix or (prefix.endswith("/") and target.startswith(prefix)) for prefix in prefixes):
            return None if may_stand(place, places) else f"{name} (<{target}>) belongs to: {' '.join(places) or 'nowhere'}"
    return None if STANDARD.fullmatch(target) else f"<{target}> has no row in {PAGE}"


def check_words(place, code, words):
    """Faults, as (offset, sentence), of words that may not stand in a file."""
    for name, spellings, places in words:
        if may_stand(place, places):
            continue
        for spelling in spellings:
            for match in re.finditer(rf"(?<![\w.]){re.escape(spelling)}", code):
                yield match.start(), f"{spelling}: {name} belongs to: {' '.join(places) or 'nowhere'}"


def check_source(path, root, rules):
    """Faults, as sentences with file and line, of one file under src/."""
    text = path.read_text(encoding="utf-8")
    code = code_only(text)
    place = path.relative_to(root / "src").as_posix()
    shown = path.relative_to(root).as_posix()
    if place.split("/")[0] not in rules["folders"] or "/" not in place:
        yield f"{shown}:1: no folder of {PAGE} holds it"
        return
    if path.suffix == ".hpp" and not re.search(r"^#pragma once$", code, re.MULTILINE):
        yield f"{shown}:1: a header begins with #pragma once"
    for match in INCLUDE.finditer(text):
        mark, target = match.groups()
        if mark == '"':
            fault = check_own_include(place, target, rules["folders"])
        else:
            fault = check_library_include(place, target, rules["libraries"])
        if fault:
            yield f"{shown}:{line_of(text, match.start(1))}: {fault}"
    for offset, fault in check_words(place, code, rules["words"]):
        yield f"{shown}:{line_of(code, offset)}: {fault}"


def check_naive(path, root, naive):
    """Faults of the second engine, which may share with the first only what both are given."""
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        mark, target = match.groups()
        folder = target.split("/")[0]
        if mark == '"' and folder not in naive | {"naive", "support"}:
            line = line_of(text, match.start(1))
            yield f"{path.relative_to(root).as_posix()}:{line}: the naive engine may not include {target}"


def check_tree(root):
    """All faults of a project, in the order of its files."""
    page = (root / PAGE).read_text(encoding="utf-8")
    rules = {
        "folders": read_folders(page),
        "libraries": read_places(page, "Libraries"),
        "words": read_places(page, "Words"),
    }
    naive = re.search(r"`tests/naive` includes only ([a-z ,]+)", page)
    if naive is None:
        raise PageFault(f"{PAGE}: no sentence '`tests/naive` includes only ...'")
    naive = set(re.findall(r"[a-z]+", naive.group(1))) & rules["folders"].keys()
    for path in sources(root, "src"):
        yield from check_source(path, root, rules)
    for path in sources(root, "tests/naive"):
        yield from check_naive(path, root, naive)


def main(arguments):
    root = pathlib.Path(arguments[1] if len(arguments) > 1 else ".").resolve()
    if not sources(root, "src"):
        print(f"{root}: no sources under src/", file=sys.stderr)
        return 1
    try:
        faults = list(check_tree(root))
    except PageFault as fault:
        faults = [str(fault)]
    for fault in faults:
        print(fault)
    print(f"{len(sources(root, 'src'))} files, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
