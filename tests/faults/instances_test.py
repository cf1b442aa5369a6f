"""Two to four instances of one command at once: one works, or all agree; the result is the same.

Exit 77: no C compiler; the case without locks is made by a preloaded library.
"""

import errno
import os
import re
import time
import unittest

from campaign import CampaignCase, Start, count
from injection import Injection


class InstancesTest(CampaignCase):
    replications = 40

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.injection = Injection(cls.desk)

    def start_some(self, environment):
        """Starts two to four, at once or one after the other."""
        starts = []
        for _ in range(self.random.randint(2, 4)):
            starts.append(Start(self.desk.command(threads=self.random.randint(1, 2)), env=environment))
            time.sleep(self.random.choice([0, 0, self.random.uniform(0, self.desk.seconds)]))
        return starts, [start.end() for start in starts]

    def expect_holder_told(self, ended, starts):
        """Who finds the folder at work is told by whom; who finds it going, what is missing."""
        lines = ended.messages.strip().splitlines()
        holder = re.search(r"process (\d+) is at work here", lines[0])
        if holder:
            self.assertIn(int(holder.group(1)), [start.process.pid for start in starts])
        return bool(holder)

    def test_with_locks_one_works(self):
        held = 0
        for _ in range(count(12, 100)):
            self.desk.clear()
            starts, ends = self.start_some(os.environ)
            for ended in ends:
                self.assertIn(ended.code, (0, 4), str(ended))
                if ended.code == 4:
                    with self.subTest(messages=ended.messages):
                        self.assertTrue(self.expect_holder_told(ended, starts))
                        held += 1
            self.assertIn(0, [ended.code for ended in ends], [str(ended) for ended in ends])
            self.expect_whole(self.desk.run())
        print(f"{held} found another at work")
        self.assertGreater(held, 5)

    def test_without_locks_all_agree(self):
        without_locks = self.injection.environment(kind="lock", at=1, error=errno.EOPNOTSUPP, lasting=True)
        for _ in range(count(8, 100)):
            self.desk.clear()
            _, ends = self.start_some(without_locks)
            for ended in ends:
                # One may take away what another is about to name, which ends it, told and harmless.
                self.assertIn(ended.code, (0, 4), str(ended))
                if ended.code == 4:
                    self.assertIn("flywheel run: ", ended.messages)
            self.expect_old_or_whole()
            self.assertIn(0, [ended.code for ended in ends], [str(ended) for ended in ends])
            self.expect_whole(self.desk.run())

    def test_a_lock_that_fails_otherwise_is_told(self):
        with self.injection.faults(kind="lock", at=1, error=errno.EIO) as environment:
            ended = self.desk.run(env=environment)
        self.assertEqual(ended.code, 4, str(ended))
        self.assertIn("lock: Input/output error", ended.messages)
        self.expect_whole(self.desk.run())

    def test_a_lock_is_not_left_by_a_killed_process(self):
        start = Start(self.desk.command())
        self.desk.wait_for_shards(3, start.process)
        start.process.kill()
        start.end()
        self.expect_whole(self.desk.run())


if __name__ == "__main__":
    unittest.main()
