"""Tests of scripts/check_lengths.py: it counts functions of every form, and only functions."""

import unittest

from script_case import ScriptCase

SCRIPT = "check_lengths.py"

FUNCTION_HEADS = (
    "int f(int a)",
    "[[nodiscard]] inline auto f(int a) -> int",
    "template <class T>\nint f(T a) noexcept",
    "Cart::Cart(int a) : a_{a}, b_(a)",
    "bool Cart::operator()(int a) const",
    "friend bool operator==(const A& a, const A& b)",
    "namespace flywheel {\nstruct A {\n  void f(int a) const",
    'TEST_CASE("a sentence; with { braces }", "[a]")',
    "#if 1\n#endif\nvoid f(double x = g({1, 2}))",
)
OTHER_HEADS = (
    "constexpr std::array<int, 70> table =",
    "const Table table{",
    "struct A",
    "class B final : public A",
    "enum class End : std::uint8_t",
    "namespace flywheel::test",
    "struct alignas(64) Counter final : Base<sizeof(int)>",
)


class CheckLengths(ScriptCase):
    def body(self, lines):
        """A block of so many lines, its braces among them."""
        return "{\n" + "  a = 1;\n" * (lines - 2) + "}\n"

    def test_sixty_lines_are_a_function_and_sixty_one_are_not(self):
        self.write("src/core/a.cpp", "int f(int a) " + self.body(60))
        self.assert_passes(SCRIPT)
        self.write("src/core/a.cpp", "\nint f(int a) " + self.body(61))
        self.assert_faults(
            SCRIPT, "src/core/a.cpp:2: 61 lines; a function has at most 60: int f(int a)")

    def test_functions_of_every_form_are_counted(self):
        for head in FUNCTION_HEADS:
            with self.subTest(head=head):
                self.write("src/core/a.cpp", f"{head} {self.body(61)}" + "};\n}\n" * ("struct" in head))
                self.assertEqual(self.check(SCRIPT)[0], 1)

    def test_tables_types_and_namespaces_are_not_functions(self):
        for head in OTHER_HEADS:
            with self.subTest(head=head):
                self.write("src/core/a.cpp", f"{head} {self.body(80)}")
                self.assert_passes(SCRIPT)

    def test_blocks_within_a_function_count_towards_it(self):
        inner = "  if (a) {\n    b([&] {\n      c();\n    });\n  } else {\n    d();\n  }\n"
        self.write("src/core/a.cpp", "void f() {\n" + inner * 9 + "}\n")
        self.assert_faults(SCRIPT, "src/core/a.cpp:1: 65 lines; a function has at most 60: void f()")

    def test_many_short_functions_are_no_fault(self):
        self.write("src/core/a.cpp", "struct A {\n" + "  int f() const { return 1; }\n" * 90 + "};\n")
        self.assert_passes(SCRIPT)

    def test_lines_of_tables_do_not_count_towards_the_file(self):
        self.write("src/core/a.cpp", "const std::array table = {{\n" + "  {1, {2}},\n" * 600 + "}};\n" + "\n" * 499)
        self.assert_passes(SCRIPT)
        self.write("src/core/a.cpp", "const std::array table = {{\n" + "  {1, {2}},\n" * 600 + "}};\n" + "\n" * 501)
        self.assert_faults(SCRIPT, "src/core/a.cpp:1: 501 lines; a file has at most 500")

    def test_braces_of_macros_open_nothing(self):
        short = "void f(int a) {\n}\n" * 40
        self.write("src/core/a.cpp", "#define OPEN(a) {\n#define LONGER(a) \\\n  {\n" + short + "#define CLOSE } }\n")
        self.assert_passes(SCRIPT)

    def test_five_hundred_lines_are_a_file_and_one_more_is_not(self):
        self.write("tests/core/a.cpp", "\n" * 500)
        self.write("src/core/a.cpp", "\n")
        self.assert_passes(SCRIPT)
        self.write("tests/core/a.cpp", "\n" * 501)
        self.assert_faults(SCRIPT, "tests/core/a.cpp:1: 501 lines; a file has at most 500")


if __name__ == "__main__":
    unittest.main()
