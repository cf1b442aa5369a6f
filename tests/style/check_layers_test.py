"""Tests of scripts/check_layers.py: it must find each kind of fault, and nothing in a good tree."""

import unittest

from script_case import ROOT, ScriptCase

SCRIPT = "check_layers.py"


class CheckLayers(ScriptCase):
    """Every tree is judged by the tables of the project's own page."""

    def setUp(self):
        super().setUp()
        self.page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
        self.write("docs/architecture.md", self.page)
        self.header("core/money.hpp", "#include <cstdint>")

    def header(self, name, text):
        self.write(f"src/{name}", f"#pragma once\n{text}\n")

    def test_a_good_tree_passes(self):
        self.header("random/stream.hpp", '#include "core/money.hpp"\n#include <Random123/philox.h>')
        self.header("journey/visit.hpp", '#include "random/stream.hpp"\n#include "journey/cart.hpp"')
        self.write("src/app/main.cpp", '#include <CLI/CLI.hpp>\nint main() { std::cout << 1; exit(0); }\n')
        self.write("tests/naive/engine.cpp", '#include "plan/plan.hpp"\n#include "naive/engine.hpp"\n')
        self.assert_passes(SCRIPT)

    def test_an_edge_against_the_order_is_a_fault(self):
        self.header("core/days.hpp", '#include "journey/visit.hpp"')
        self.assert_faults(
            SCRIPT, "src/core/days.hpp:2: core/ may not include journey/ (journey/visit.hpp)")

    def test_the_model_never_sees_a_plan(self):
        for folder in ("audience", "shop", "journey", "momentum", "market"):
            with self.subTest(folder=folder):
                self.header(f"{folder}/a.hpp", '#include "plan/plan.hpp"')
                code, printed = self.check(SCRIPT)
                self.assertEqual(code, 1)
                self.assertIn(f"{folder}/ may not include plan/", printed)

    def test_simulation_may_include_all_that_the_page_names_but_no_plan(self):
        self.header("simulation/a.hpp", '#include "scenario/scenario.hpp"\n#include "plan/plan.hpp"')
        self.assert_faults(
            SCRIPT, "src/simulation/a.hpp:3: simulation/ may not include plan/ (plan/plan.hpp)")

    def test_includes_are_found_behind_blanks_but_not_in_comments(self):
        self.header("core/a.hpp", '  #  include "app/run.hpp"\n// #include "app/run.hpp"')
        self.assert_faults(SCRIPT, "src/core/a.hpp:2: core/ may not include app/ (app/run.hpp)")

    def test_own_includes_are_written_with_their_folder(self):
        self.header("core/a.hpp", '#include "money.hpp"\n#include "../core/money.hpp"')
        self.assert_faults(
            SCRIPT,
            'src/core/a.hpp:2: "money.hpp" must be written with its folder',
            'src/core/a.hpp:3: "../core/money.hpp" is in no folder of docs/architecture.md')

    def test_a_file_in_an_unknown_folder_or_in_none_is_a_fault(self):
        self.header("helper/a.hpp", "")
        self.header("a.hpp", "")
        self.assert_faults(
            SCRIPT,
            "src/a.hpp:1: no folder of docs/architecture.md holds it",
            "src/helper/a.hpp:1: no folder of docs/architecture.md holds it")

    def test_libraries_stay_where_they_belong(self):
        for include in ("hdf5.h", "toml++/toml.h", "tbb/parallel_for.h", "nlopt.hpp",
                        "boost/random/normal_distribution.hpp", "boost/math/distributions.hpp",
                        "openssl/evp.h", "iostream", "thread", "random", "boost/asio.hpp", "zlib.h"):
            with self.subTest(include=include):
                self.header("journey/a.hpp", f"#include <{include}>")
                code, printed = self.check(SCRIPT)
                self.assertEqual(code, 1)
                self.assertIn(f"<{include}>", printed)

    def test_a_library_is_allowed_in_its_own_files(self):
        self.write("src/results/hdf5.cpp", "#include <hdf5.h>\n")
        self.header("simulation/run.hpp", "#include <tbb/parallel_for.h>\n#include <mutex>")
        self.header("random/gamma.hpp", "#include <boost/random/gamma_distribution.hpp>")
        self.assert_passes(SCRIPT)

    def test_the_library_neither_prints_nor_exits(self):
        for statement in ("std::cout << 1;", "std::cerr << 1;", 'printf("x");', 'std::printf("x");',
                          "fmt::print(x);", "exit(1);", "std::exit(1);", "std::abort();"):
            with self.subTest(statement=statement):
                self.header("core/a.hpp", f"inline void f() {{ {statement} }}")
                self.assertEqual(self.check(SCRIPT)[0], 1)

    def test_words_in_comments_literals_and_longer_names_are_no_fault(self):
        self.header(
            "core/a.hpp",
            '// std::cout and exit(1)\n/* printf( */ const char* a = "std::cout exit(1)";\n'
            "inline int b = std::snprintf(nullptr, 0, a); inline int c = on_exit(1'000);\n"
            'inline auto d = R"(abort()\n  "exit(" )";')
        self.assert_passes(SCRIPT)

    def test_digit_separators_hide_nothing(self):
        self.header("core/a.hpp", "inline int a = 1'000; inline void f() { exit(1'000); }")
        self.assertEqual(self.check(SCRIPT)[0], 1)

    def test_libm_is_kept_from_shoppers_but_not_from_parameters(self):
        self.header("market/a.hpp", "inline double f(double x) { return std::exp(x); }")
        self.assert_passes(SCRIPT)
        self.header("journey/a.hpp", "inline double f(double x) { return std::exp(x) + std::sqrt(x); }")
        self.assertEqual(self.check(SCRIPT)[0], 1)

    def test_macros_and_headers_without_a_guard_are_faults(self):
        self.header("core/a.hpp", "#define TWO 2")
        self.write("src/core/b.hpp", "inline int b = 2;\n")
        code, printed = self.check(SCRIPT)
        self.assertEqual(code, 1)
        self.assertIn("src/core/a.hpp:2: #define", printed)
        self.assertIn("src/core/b.hpp:1: a header begins with #pragma once", printed)

    def test_the_naive_engine_shares_only_what_both_are_given(self):
        self.write("tests/naive/engine.cpp", '#include "journey/visit.hpp"\n')
        self.assert_faults(
            SCRIPT, "tests/naive/engine.cpp:1: the naive engine may not include journey/visit.hpp")

    def test_a_page_with_a_circle_is_refused(self):
        self.write("docs/architecture.md", self.page.replace(
            "contracts: words everybody uses | nothing |", "contracts | app |"))
        code, printed = self.check(SCRIPT)
        self.assertEqual(code, 1)
        self.assertIn("folders in a circle", printed)

    def test_a_page_without_its_tables_is_refused(self):
        for heading in ("## Folders", "## Libraries", "## Words"):
            with self.subTest(heading=heading):
                self.write("docs/architecture.md", self.page.replace(heading, "## Else"))
                self.assertEqual(self.check(SCRIPT)[0], 1)

    def test_a_tree_without_sources_is_a_fault(self):
        (self.tree / "src/core/money.hpp").unlink()
        self.assertEqual(self.check(SCRIPT)[0], 1)


if __name__ == "__main__":
    unittest.main()
