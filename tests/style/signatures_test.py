"""House rule H3 in public headers: no bool parameters, at most five parameters."""

import os
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "scripts" / "lib"))
from source_text import code_only, line_of, sources  # noqa: E402

# A contract is about a truth: expect(holds, sentence).
MAY_TAKE_A_BOOL = {"expect", "demand"}
MOST_PARAMETERS = 5

# A name, its parameters without parentheses within, and what ends a declaration or begins a body.
FUNCTION = re.compile(
    r"(?P<before>[\w>&*\]{};:]\s+[&*]?)(?P<name>\w+)\s*\((?P<list>[^()]*)\)\s*"
    r"(?=(const|noexcept|override|final|requires|->|[;{:=]|\s)*[;{=:])"
)
BOOL = re.compile(r"^(const\s+)?bool\b(?!\s*\(\*)")
NO_TYPE = {"return", "else", "throw", "new", "co_return", "case"}


def split_list(text):
    """Parameters between commas that stand in no brackets."""
    parts, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += sign in "<{["
        depth -= sign in ">}]"
        if sign == "," and depth == 0:
            parts.append(text[begin:place])
            begin = place + 1
    parts.append(text[begin:])
    return [part.strip() for part in parts if part.strip()]


def faults(text):
    """(line, sentence) for each declaration in a header that breaks the rule."""
    code = code_only(text)
    found = []
    for match in FUNCTION.finditer(code):
        if match["before"].split()[-1:] and match["before"].split()[-1] in NO_TYPE:
            continue
        parameters = split_list(match["list"])
        line = line_of(code, match.start("name"))
        if any(BOOL.match(one) for one in parameters) and match["name"] not in MAY_TAKE_A_BOOL:
            found.append((line, f"{match['name']} takes a bool"))
        if len(parameters) > MOST_PARAMETERS:
            found.append((line, f"{match['name']} takes {len(parameters)} parameters"))
    return found


class Signatures(unittest.TestCase):
    def test_public_headers_take_neither_bools_nor_more_than_five_parameters(self):
        told = []
        for path in sources(ROOT, "src"):
            if path.suffix != ".hpp":
                continue
            for line, sentence in faults(path.read_text(encoding="utf-8")):
                told.append(f"{path.relative_to(ROOT)}:{line}: {sentence}; see H3 in docs/style.md")
        self.assertEqual(told, [])

    def test_a_bool_parameter_is_seen_wherever_it_stands(self):
        for declaration in (
            "void f(bool fast);",
            "[[nodiscard]] Nodes nodes(int count, bool wide = true) const;",
            "std::vector<int> f(const Plan& plan,\n                   const bool wide) { return {}; }",
            "struct A {\n  explicit A(int b);\n  double g(bool c) const noexcept;\n};",
            "struct A {\n  A(int b, bool c);\n};",
        ):
            self.assertEqual(len(faults(declaration)), 1, declaration)

    def test_six_parameters_are_one_too_many(self):
        self.assertEqual(faults("void f(int a, int b, int c, int d, int e);"), [])
        self.assertEqual(faults("void f(int a, int b, int c, int d, int e, int g);"), [(1, "f takes 6 parameters")])
        self.assertEqual(faults("void f(std::map<int, int> a, int b, int c, int d, int e);"), [])

    def test_members_results_and_comments_are_no_parameters(self):
        for text in (
            "struct A {\n  bool enabled{false};\n};",
            "bool is_open(int door);",
            "/// Not void f(bool fast);\nvoid f(int speed);",
            "void expect(bool holds, const char* sentence);",
            "using Test = std::function<bool(int)>;",
        ):
            self.assertEqual(faults(text), [], text)


if __name__ == "__main__":
    unittest.main()
