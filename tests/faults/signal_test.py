"""A signal ends a run soon, with a documented code, and nothing that was finished is lost.

The first lets replications in flight be finished, the second ends at once; who started the program
under nohup is not ended by a closed terminal, and a reader that goes away costs the page alone.
"""

import shutil
import signal
import subprocess
import time
import unittest

from campaign import CampaignCase, Start, count

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
ROUNDS = count(50, 200)
ENDLESS = 100_000


class SignalTest(CampaignCase):
    replications = 40

    def patience(self):
        """A second, and what this machine needs for the part of a result that is shown so far."""
        return 1 + 2 * self.desk.seconds

    def expect_whole(self, ended):
        """Where the endless run had finished more than the result has, that stays and is told."""
        beyond = "holds finished replications beyond these" in ended.messages
        self.assertEqual(self.desk.work.exists(), beyond, str(ended))
        if beyond:
            shutil.rmtree(self.desk.work)
        super().expect_whole(ended)

    def start_endless(self, *prefix, **options):
        """A start that would go on for minutes, somewhere in its shards."""
        command = self.desk.command(threads=self.random.randint(1, 4), replications=ENDLESS)
        start = Start([*prefix, *command], **options)
        self.desk.wait_for_shards(self.random.randint(1, self.replications - 10), start.process)
        return start

    def end_soon(self, start):
        begun = time.monotonic()
        ended = start.end()
        self.assertLess(time.monotonic() - begun, self.patience(), str(ended))
        return ended

    def test_one_signal_finishes_what_is_in_flight(self):
        for round_number in range(ROUNDS):
            self.desk.clear()
            number = SIGNALS[round_number % len(SIGNALS)]
            start = self.start_endless()
            time.sleep(self.random.uniform(0, 0.05))
            start.process.send_signal(number)
            ended = self.end_soon(start)
            self.assertEqual(start.process.returncode, 128 + number, str(ended))
            self.assertIn("the same command goes on from there", ended.messages)
            self.assertGreater(len(self.desk.shards()), 0)
            if round_number % 5 == 0:
                self.expect_whole(self.desk.run(keep_every=15))

    def test_a_second_signal_ends_at_once(self):
        for _ in range(count(10, 50)):
            self.desk.clear()
            start = self.start_endless()
            first, second = self.random.choice(SIGNALS), self.random.choice(SIGNALS)
            start.process.send_signal(first)
            time.sleep(self.random.uniform(0, 0.02))
            start.process.send_signal(second)
            ended = self.end_soon(start)
            self.assertIn(ended.code, (128 + first, 128 + second), str(ended))
            self.expect_whole(self.desk.run(keep_every=15))

    def test_a_signal_at_any_moment_is_no_loss(self):
        """At the start and while the result is written there is nothing to finish."""
        for _ in range(count(10, 50)):
            self.desk.clear()
            number = self.random.choice(SIGNALS)
            start = Start(self.desk.command())
            time.sleep(self.random.uniform(0, self.desk.seconds))
            start.process.send_signal(number)
            ended = self.end_soon(start)
            self.assertIn(ended.code, (0, 128 + number), str(ended))
            self.expect_old_or_whole()
            self.expect_whole(self.desk.run(keep_every=15))

    def test_under_nohup_a_closed_terminal_ends_nothing(self):
        for _ in range(count(3, 20)):
            self.desk.clear()
            start = Start(["nohup", *self.desk.command()])
            self.desk.wait_for_shards(1, start.process)  # before it, nohup itself might be hit
            while start.process.poll() is None:
                start.process.send_signal(signal.SIGHUP)
                time.sleep(0.05)
            self.expect_whole(start.end())

    def test_readers_that_go_away_cost_their_page_alone(self):
        for stream in ("stdout", "stderr"):
            self.desk.clear()
            command = [word for word in self.desk.command() if word != "--quiet"]
            start = Start(command, stdin=subprocess.DEVNULL)
            getattr(start.process, stream).close()
            setattr(start.process, stream, None)
            ended = start.end()
            self.assertEqual(ended.code, 4 if stream == "stdout" else 0, str(ended))
            self.expect_whole(self.desk.run())

    def test_streams_that_were_never_open_cost_nothing(self):
        """A file of the run's may get the number of a stream, and must not get its messages."""
        for closing in ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            with self.subTest(closing=closing):
                self.desk.clear()
                words = [word for word in self.desk.command(keep_every=0.02) if word != "--quiet"]
                ended = Start(["bash", "-c", f'exec "$@" {closing}', "bash", *words]).end()
                self.assertIn(ended.code, (0, 4), str(ended))
                self.expect_old_or_whole()
                self.expect_whole(self.desk.run())


if __name__ == "__main__":
    unittest.main()
