"""Tests of scripts/check_links.py."""

import unittest

from script_case import ScriptCase

SCRIPT = "check_links.py"


class CheckLinks(ScriptCase):
    def setUp(self):
        super().setUp()
        self.write("docs/a.md", "# One page\n\n## What `it` says, briefly\n")

    def test_links_that_lead_somewhere_pass(self):
        self.write("README.md", "# R\n[a](docs/a.md) [b](docs/a.md#what-it-says-briefly) [c](#r)\n"
                   "[web](https://example.org/none) [folder](docs)\n```\n[code](none.md)\n```\n")
        self.assert_passes(SCRIPT)

    def test_links_that_lead_nowhere_are_named(self):
        self.write("README.md", "[a](docs/b.md) [b](docs/a.md#what-it-said)\n")
        self.write("docs/deep/c.md", "[up](a.md)\n")
        self.assert_faults(SCRIPT, "README.md: no such file: docs/b.md",
                           "README.md: no such heading: docs/a.md#what-it-said",
                           "docs/deep/c.md: no such file: a.md")


if __name__ == "__main__":
    unittest.main()
