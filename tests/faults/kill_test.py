"""Killed at any moment, the same command comes to the same bytes.

kill -9 at random moments, spread over the start, the shards and the writing of the result.
"""

import collections
import time
import unittest

from campaign import CampaignCase, Start, count

KILLS = count(50, 2_000)
MOMENTS = ("start", "any", "shards", "shards", "result", "end")


class KillTest(CampaignCase):
    replications = 40

    def is_published(self):
        return self.desk.output.exists() and self.desk.output.stat().st_ino != self.old_number

    def state(self):
        """What a kill left."""
        if self.is_published():
            return "result there" if self.desk.work.exists() else "all done"
        if not self.desk.work.exists():
            return "no folder yet"
        shards = len(self.desk.shards())
        if shards >= self.new:
            return "result on its way"
        return "shards there" if shards else "folder without shards"

    def wait_for(self, moment, process):
        """Waits for a state, then a random while of about its length."""
        lengths = {"start": 0.03, "any": self.desk.seconds, "shards": 0.02, "result": self.desk.seconds / 3, "end": 0.004}
        if moment == "shards":
            self.desk.wait_for_shards(self.random.randrange(1, self.new), process)
        elif moment == "result":
            self.desk.wait_for_shards(self.new, process)
        elif moment == "end":
            while process.poll() is None and not self.is_published():
                time.sleep(0.0005)
        time.sleep(self.random.uniform(0, lengths[moment]))

    def begin(self):
        """A new run; every fourth one extends a result of a part."""
        self.desk.clear()
        self.old = self.old_number = None
        self.new = self.replications  # as many shards are made, where each gets one replication
        if self.random.random() < 1 / 4:
            part = self.replications // 4
            self.new -= part
            self.assertEqual(self.desk.run(replications=part, keep_every=15).code, 0)
            self.old = self.desk.hash_there()
            self.old_number = self.desk.output.stat().st_ino

    def start_and_kill(self):
        """Whether a start was killed; otherwise it came to its end, and its result is right."""
        keep_every = self.random.choice([0, 0, 0, 0.02])
        start = Start(self.desk.command(threads=self.random.randint(1, 8), keep_every=keep_every))
        self.wait_for(self.random.choice(MOMENTS), start.process)
        start.process.kill()
        ended = start.end()
        if ended.code == 0:
            self.expect_whole(ended)
            return False
        self.assertEqual(ended.code, 128 + 9, str(ended))
        self.states[self.state()] += 1
        self.expect_old_or_whole(self.old)
        return True

    def test_the_same_command_comes_to_the_same_bytes(self):
        self.states = collections.Counter()
        while sum(self.states.values()) < KILLS:
            self.begin()
            # Once the result is there, the next kill hits the removal of the folder, or nothing.
            after_result = self.random.randint(0, 1)
            while after_result >= 0 and self.start_and_kill():
                after_result -= 1 if self.is_published() else 0
            self.expect_whole(self.desk.run(threads=2))
        print(f"{sum(self.states.values())} kills: {dict(self.states)}")
        self.assertLessEqual({"shards there", "result on its way", "result there"}, set(self.states))


if __name__ == "__main__":
    unittest.main()
