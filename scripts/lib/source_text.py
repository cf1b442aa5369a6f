"""Reading C++ sources roughly: enough for house rules, far from a compiler."""

import pathlib
import re

EXTENSIONS = {".cpp", ".hpp"}

_NOISE = re.compile(
    r"""//[^\n]*                              # comment to the end of the line
      | /\*.*?\*/                             # comment between marks
      | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"   # raw text
      | "(?:\\.|[^"\\\n])*"                   # text
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'   # character, but no digit separator
    """,
    re.VERBOSE | re.DOTALL,
)


def blank(text):
    """The same text with everything but its line ends replaced by blanks."""
    return re.sub(r"[^\n]", " ", text)


def code_only(text):
    """Sources without comments and literals; every remaining character keeps its place."""
    return _NOISE.sub(lambda match: blank(match.group()), text)


def line_of(text, offset):
    """Number, from 1, of the line that holds an offset."""
    return text.count("\n", 0, offset) + 1


def sources(root, *folders):
    """C++ files under some folders of the project, in a fixed order."""
    found = []
    for folder in folders:
        base = pathlib.Path(root) / folder
        found += [path for path in base.rglob("*") if path.suffix in EXTENSIONS]
    return sorted(found)
