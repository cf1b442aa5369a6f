#!/usr/bin/env python3
"""Checks that no file has more than 500 lines and no function more than 60.

Usage: check_lengths.py [ROOT]; exit 1 with one line a fault. Data tables are not functions
and so are not counted as such.

Limits: functions are found by their braces, not by a parser. A block is taken for a function
when its head, back to the last ; { or }, has a parameter list and is not a control statement,
a type, a namespace or an initializer; lambdas count towards the function around them. Code that
opens different braces in two branches of an #if confuses it. clang-tidy measures exactly
(readability-function-size); this check is the quick one that needs no compiler.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
from source_text import blank, code_only, line_of, sources  # noqa: E402

FILE_LINES = 500
FUNCTION_LINES = 60

NOT_A_FUNCTION = re.compile(
    r"^\s*(?:else\b.*|do|try|(?:if|for|while|switch|catch)\b.*|"
    r".*\b(?:namespace|class|struct|union|enum|concept)\b[^()]*)$",
    re.DOTALL,
)
HEAD_END = re.compile(r"\)\s*(?:const|noexcept|override|final|mutable|&+|->[^;{}]*|requires\b.*|:.*|\s)*$", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(?:\([^()]*\))?[^()\[\]]*$", re.DOTALL)


def is_function_head(head):
    """Whether the text before a { reads like the head of a function."""
    head = re.sub(r"\[\[.*?\]\]", " ", head, flags=re.DOTALL)
    return bool(HEAD_END.search(head)) and not NOT_A_FUNCTION.match(head) and not LAMBDA.search(head)


def functions(text):
    """Yields (line, number of lines, head) of each function that stands in no other one."""
    code = DIRECTIVE.sub(lambda match: blank(match.group()), code_only(text))
    begin = 0  # of the head of whatever comes next
    inside = 0  # depth of braces within the current function; 0 outside
    start, name = 0, ""
    for match in re.finditer(r"[;{}]", code):
        mark, offset = match.group(), match.start()
        if mark == "{":
            head = code[begin:offset]
            if inside:
                inside += 1
            elif is_function_head(head):
                start = begin + len(head) - len(head.lstrip())
                name = " ".join(head.split())
                inside = 1
        elif mark == "}" and inside:
            inside -= 1
            if inside == 0:
                yield line_of(code, start), code.count("\n", start, offset) + 1, name
        begin = offset + 1


def check_tree(root):
    """Sentences with file and line, one for each file or function that is too long."""
    for path in sources(root, "src", "tests"):
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(root).as_posix()
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{shown}:1: {lines} lines; a file has at most {FILE_LINES}"
        for line, length, name in functions(text):
            if length > FUNCTION_LINES:
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
