"""A folder or a result of another run is refused with what differs, and left as it is.

Threads, places and the time between shards are no part of what a run is.
"""

import unittest

from campaign import PLAN, CampaignCase, hash_of


class IdentityTest(CampaignCase):
    replications = 20

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prepared = cls.desk.folder / "prepared"
        cls.desk.play_part(10, cls.prepared)

    def setUp(self):
        self.desk.lay_out(self.prepared)
        self.desk.plan.write_text(PLAN, encoding="utf-8")
        self.addCleanup(self.desk.plan.write_text, PLAN, encoding="utf-8")

    def content(self):
        """What is told to nobody may change: the process that holds the lock."""
        files = [path for path in self.desk.place.rglob("*") if path.is_file() and path.name != "lock"]
        return {path.relative_to(self.desk.place): hash_of(path) for path in files}

    def expect_refused(self, ended, there, asked):
        """Exit 3, the lines that differ, and every file as it was."""
        self.assertEqual(ended.code, 3, str(ended))
        for mark, texts in (("  - ", there), ("  + ", asked)):
            lines = [line for line in ended.messages.splitlines() if line.startswith(mark)]
            self.assertEqual(len(lines), len(texts), str(ended))
            for line, text in zip(lines, texts):
                self.assertIn(text, line)
        self.assertEqual(self.content(), self.before)

    def change_identity(self, line, new):
        """Makes the folder that of another program; what it held in this line."""
        file = self.desk.work / "run.id"
        lines = file.read_text(encoding="utf-8").splitlines()
        (old,) = [one for one in lines if one.startswith(line)]
        file.write_text("\n".join(new if one == old else one for one in lines) + "\n", encoding="utf-8")
        return old

    def test_another_seed(self):
        self.before = self.content()
        self.expect_refused(self.desk.run("--seed", 2), ["seed 1"], ["seed 2"])

    def test_another_plan(self):
        self.before = self.content()
        self.desk.plan.write_text(PLAN.replace("budget = 20", "budget = 21"), encoding="utf-8")
        self.expect_refused(self.desk.run(), ["plan sha256 "], ["plan sha256 "])

    def test_another_setting(self):
        self.before = self.content()
        ended = self.desk.run("--set", "channel.social.budget=21")
        self.expect_refused(ended, ["plan sha256 "], ["plan sha256 "])

    def test_other_frozen_levels(self):
        self.before = self.content()
        self.expect_refused(self.desk.run("--freeze", "market"), ["frozen levels none"], ["frozen levels market"])

    def test_another_program(self):
        for line, new in (
            ("program ", "program 0.0.9"),
            ("commit ", "commit 0123456789abcdef0123456789abcdef01234567"),
            ("result format ", "result format 999"),
            ("generator ", "generator dice"),
            ("numerics ", "numerics 0000000000000000"),
        ):
            with self.subTest(line=line):
                self.desk.lay_out(self.prepared)
                old = self.change_identity(line, new)
                self.before = self.content()
                self.expect_refused(self.desk.run(), [new], [old])

    def test_a_damaged_identity(self):
        """Nobody knows whose shards these are: to be looked at, not to be played over."""
        file = self.desk.work / "run.id"
        whole = file.read_bytes()
        for content in (b"", whole[:40], whole + b"more\n", whole.replace(b"seed", b"seee"), b"\xff\x1b[31m\n" * 9):
            with self.subTest(content=content):
                file.write_bytes(content)
                self.before = self.content()
                ended = self.desk.run()
                self.assertEqual(ended.code, 3, str(ended))
                self.assertNotIn("\x1b", ended.messages)
                self.assertEqual(self.content(), self.before)
        file.write_bytes(whole)
        self.expect_whole(self.desk.run())

    def test_a_lost_identity(self):
        """The shards say themselves whose they are."""
        (self.desk.work / "run.id").unlink()
        ended = self.desk.run("--seed", 2)
        self.assertEqual(ended.code, 0, str(ended))
        self.assertEqual(ended.messages.count("is of another run"), 10, str(ended))

    def test_a_result_of_another_run(self):
        self.expect_whole(self.desk.run())
        self.before = self.content()
        self.expect_refused(self.desk.run("--seed", 2), ["seed 1"], ["seed 2"])
        self.expect_refused(self.desk.run("--seed", 2, replications=30), ["seed 1"], ["seed 2"])

    def test_what_is_in_the_way_is_left(self):
        self.desk.clear()
        self.desk.work.write_text("mine", encoding="utf-8")
        self.before = self.content()
        ended = self.desk.run()
        self.assertEqual(ended.code, 4, str(ended))
        self.assertIn("x.h5.run", ended.messages)
        self.assertEqual(self.content(), self.before)

    def test_threads_and_pauses_are_no_part_of_it(self):
        for threads, keep_every in ((1, 0), (2, 15), (3, 0.02), (8, 0), (16, 0.1)):
            with self.subTest(threads=threads, keep_every=keep_every):
                self.desk.lay_out(self.prepared)
                self.expect_whole(self.desk.run(threads=threads, keep_every=keep_every))


if __name__ == "__main__":
    unittest.main()
