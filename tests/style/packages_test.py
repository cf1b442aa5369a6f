"""Tests of scripts/lib/packages.sh with a pretended dpkg-query, apt-get, sudo and id."""

import subprocess
import unittest

from script_case import ROOT, ScriptCase

ALL = [line.split()[0] for line in (ROOT / "scripts/packages.txt").read_text().splitlines()
       if not line.startswith("#")]


class Packages(ScriptCase):
    def setUp(self):
        super().setUp()
        self.calls = self.tree / "calls"
        self.program("apt-get", f'echo "apt-get $*" >> {self.calls}')
        for name in ("bash", "awk", "grep", "env", "cat"):
            (self.tree / "bin" / name).symlink_to(f"/usr/bin/{name}")

    def program(self, name, script):
        path = self.write(f"bin/{name}", f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def install(self, installed, user):
        """Runs install_packages on a machine with some packages, as a user; its exit and output."""
        self.write("installed", "\n".join(installed) + "\n")
        self.program("dpkg-query", f'for name; do :; done\n'
                     f'grep -qx -- "$name" {self.tree}/installed && echo installed')
        self.program("id", f"echo {user}")
        done = subprocess.run(
            ["bash", "-c", f'set -euo pipefail; source {ROOT}/scripts/lib/packages.sh; '
             f'install_packages {ROOT} build test'],
            env={"PATH": str(self.tree / "bin")}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def apt_calls(self):
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def test_nothing_is_called_and_one_line_is_said_when_nothing_is_missing(self):
        self.assertEqual(self.install(ALL, user=0), (0, "packages: nothing is missing\n", ""))
        self.assertEqual(self.apt_calls(), [])

    def test_root_installs_exactly_what_is_missing_and_is_told_why(self):
        missing = ["catch2", "libfmt-dev"]
        code, printed, _ = self.install([name for name in ALL if name not in missing], user=0)
        self.assertEqual(code, 0)
        self.assertIn("  libfmt-dev - text from numbers", printed)
        self.assertEqual(len(self.apt_calls()), 2)
        self.assertTrue(self.apt_calls()[0].endswith(" update"))
        self.assertTrue(self.apt_calls()[1].endswith(
            " install --yes --no-install-recommends libfmt-dev catch2"))

    def test_a_user_installs_through_sudo(self):
        self.program("sudo", f'echo "sudo" >> {self.calls}\nexec "$@"')
        self.assertEqual(self.install(ALL[1:], user=1000)[0], 0)
        self.assertEqual(self.apt_calls()[0], "sudo")
        self.assertTrue(self.apt_calls()[3].endswith(" " + ALL[0]))

    def test_without_root_and_sudo_the_command_is_printed_and_nothing_called(self):
        code, _, complaint = self.install(ALL[2:], user=1000)
        self.assertEqual(code, 1)
        self.assertIn(f"apt-get install --no-install-recommends {ALL[0]} {ALL[1]}\n", complaint)
        self.assertEqual(self.apt_calls(), [])

    def test_every_package_has_a_kind_and_a_reason(self):
        for line in (ROOT / "scripts/packages.txt").read_text().splitlines():
            if not line.startswith("#"):
                name, kind, *reason = line.split()
                self.assertIn(kind, ("build", "test"), name)
                self.assertGreater(len(reason), 1, name)
        self.assertEqual(len(set(ALL)), len(ALL))

    def test_a_failing_apt_fails(self):
        self.program("apt-get", "exit 100")
        self.assertNotEqual(self.install(ALL[1:], user=0)[0], 0)


if __name__ == "__main__":
    unittest.main()
