#!/usr/bin/env python3
"""Checks that no file has more than 500 lines and no function more than 60.

Usage: check_lengths.py [ROOT]; exit 1 with one line a fault. Data tables
(`... = {...}` outside functions) count towards neither.

Limits: functions are found by their braces, not by a parser. A block that stands in no other
function is taken for one when its head, back to the last ; { or }, ends in a parameter list and
what may follow one. Code that opens different braces in two branches of an #if confuses it.
clang-tidy measures exactly
(readability-function-size); this check is the quick one that needs no compiler.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
from source_text import blank, code_only, line_of, sources  # noqa: E402

FILE_LINES = 500
FUNCTION_LINES = 60

HEAD_END = re.compile(r"\)\s*(?:const|noexcept|override|final|mutable|&+|->[^;{}]*|requires\b.*|:.*|\s)*$", re.DOTALL)
TABLE_END = re.compile(r"=\s*$")
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


def kind_of(head):
    """What the text before a { begins: a function, a table, or neither."""
    head = re.sub(r"\[\[.*?\]\]", " ", head, flags=re.DOTALL)
    if HEAD_END.search(head):
        return "function"
    return "table" if TABLE_END.search(head) else None


def blocks(text):
    """Yields (kind, line, number of lines, head) of each function or table outside others."""
    code = DIRECTIVE.sub(lambda match: blank(match.group()), code_only(text))
    begin = 0  # of the head of whatever comes next
    inside = 0  # depth of braces within the current block; 0 outside
    kind, start, name = None, 0, ""
    for match in re.finditer(r"[;{}]", code):
        mark, offset = match.group(), match.start()
        if mark == "{":
            head = code[begin:offset]
            if inside:
                inside += 1
            elif kind := kind_of(head):
                start = begin + len(head) - len(head.lstrip())
                name = " ".join(head.split())
                inside = 1
        elif mark == "}" and inside:
            inside -= 1
            if inside == 0:
                yield kind, line_of(code, start), code.count("\n", start, offset) + 1, name
        begin = offset + 1


def check_tree(root):
    """Sentences with file and line, one for each file or function that is too long."""
    for path in sources(root, "src", "tests"):
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(root).as_posix()
        lines = text.count("\n")
        functions = []
        for kind, line, length, name in blocks(text):
            if kind == "table":
                lines -= length
            elif length > FUNCTION_LINES:
                functions.append((line, length, name))
        if lines > FILE_LINES:
            yield f"{shown}:1: {lines} lines; a file has at most {FILE_LINES}"
        for line, length, name in functions:
            yield f"{shown}:{line}: {length} lines; a function has at most {FUNCTION_LINES}: {name[:60]}"


def main(arguments):
    root = pathlib.Path(arguments[1] if len(arguments) > 1 else ".").resolve()
    if not sources(root, "src"):
        print(f"{root}: no sources under src/", file=sys.stderr)
        return 1
    faults = list(check_tree(root))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
