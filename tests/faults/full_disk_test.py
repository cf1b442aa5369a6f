"""A disk that is really full ends a run in a documented way; after room is made it goes on.

The disk is a tmpfs of a few megabytes. Exit 77: no file system may be mounted here.
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import unittest

from campaign import CampaignCase, Start, count, skip_all

SIZES = count(20, 100)
MEGABYTE = 1_000_000


def mount(size, place, *options):
    words = ["mount", "-t", "tmpfs", "-o", ",".join((f"size={size}", *options)), "tmpfs", place]
    return subprocess.run(words, capture_output=True)


def expect_mounts():
    """Goes on in a user name space of its own where root is not ours; skips where that fails too."""
    with tempfile.TemporaryDirectory() as place:
        tried = mount("1m", place)
        if tried.returncode == 0:
            subprocess.run(["umount", place], check=True)
            return
    again = ["unshare", "--user", "--map-root-user", "--mount", sys.executable]
    works = subprocess.run([*again[:-1], "true"], capture_output=True).returncode == 0 if not is_inner() else False
    if not works:
        skip_all(f"no file system may be mounted here: {tried.stderr.decode().strip()}")
    os.execvpe("unshare", [*again, *sys.argv], {**os.environ, "FLYWHEEL_FAULTS_INNER": "1"})


def is_inner():
    return "FLYWHEEL_FAULTS_INNER" in os.environ


class FullDiskTest(CampaignCase):
    replications = 40
    disk_bytes = 40 * MEGABYTE

    def mounted(self, *options):
        """An empty disk under the desk."""
        self.assertEqual(mount(self.disk_bytes, self.desk.place, *options).returncode, 0)
        self.addCleanup(subprocess.run, ["umount", self.desk.place], check=True)

    def unmount(self):
        self.doCleanups()

    def fill(self, room):
        """Another program takes all but so many bytes."""
        with open(self.desk.place / "ballast", "wb") as ballast:
            while (taken := self.free_bytes() - room) > 0:
                with contextlib.suppress(OSError):  # the run took some meanwhile
                    return os.posix_fallocate(ballast.fileno(), 0, taken)

    def free_bytes(self):
        space = os.statvfs(self.desk.place)
        return space.f_bavail * space.f_frsize

    def expect_full(self, ended):
        self.assertEqual(ended.code, 4, str(ended))
        lines = [line for line in ended.messages.splitlines() if "No space left on device" in line]
        self.assertEqual(len(lines), 1, str(ended))
        self.assertIn("x.h5", lines[0])
        self.expect_old_or_whole()

    def start_and_fill(self, room):
        """Fills the disk once the run has begun, since it asks for room before."""
        start = Start(self.desk.command(threads=self.random.randint(1, 4)))
        self.desk.wait_for_shards(self.random.randint(1, 20), start.process)
        self.fill(room)
        return start.end()

    def test_a_disk_that_is_filled_while_a_run_goes(self):
        stopped = 0
        for number in range(SIZES):
            with self.subTest(number=number):
                self.desk.clear()
                self.mounted()
                # From nothing to about what the whole run needs.
                room = 4096 * (number * 1_000 // SIZES)
                ended = self.start_and_fill(room)
                if ended.code != 0:
                    self.expect_full(ended)
                    stopped += 1
                    self.make_room(enlarge=number % 2 == 0)
                    ended = self.desk.run()
                (self.desk.place / "ballast").unlink(missing_ok=True)
                self.expect_whole(ended)
            self.unmount()
        print(f"{stopped} of {SIZES} runs found the disk full")
        self.assertGreater(stopped, SIZES // 3)

    def test_a_run_that_goes_on_needs_no_room_for_what_it_has(self):
        """Nothing but its own shards has taken room, so the same command is not refused."""
        command = self.desk.command(replications=1_500, keep_every=0.1)
        self.mounted()
        self.fill(MEGABYTE)
        refused = Start(command).end()
        self.assertEqual(refused.code, 4, str(refused))
        needed = int(re.search(r"may put (\d+) MB on the disk, of which 1 MB are free", refused.messages).group(1))
        (self.desk.place / "ballast").unlink()
        self.fill(needed * MEGABYTE + MEGABYTE // 2)
        start = Start(command)
        self.desk.wait_for_shards(30, start.process)
        start.process.terminate()
        ended = start.end()
        self.assertEqual(ended.code, 128 + 15, str(ended))
        self.assertLess(self.free_bytes(), (needed - 0.5) * MEGABYTE, "nothing is tested")
        again = Start(command).end()
        self.assertEqual(again.code, 0, str(again))

    def make_room(self, enlarge):
        """A start on the disk that is still full loses nothing either; then it is not full."""
        shards = len(self.desk.shards())
        again = self.desk.run()
        self.assertEqual(again.code, 4, str(again))
        self.assertGreaterEqual(len(self.desk.shards()), shards)
        if enlarge:
            self.assertEqual(mount(4 * self.disk_bytes, self.desk.place, "remount").returncode, 0)
        else:
            (self.desk.place / "ballast").unlink()

    def test_a_disk_without_room_for_names(self):
        """Inodes end before bytes do."""
        for inodes in (3, 4, 5, 6, 8, 12, 20, 30):
            with self.subTest(inodes=inodes):
                self.desk.clear()
                self.mounted(f"nr_inodes={inodes}")
                self.expect_full(self.desk.run())
                self.assertEqual(mount(self.disk_bytes, self.desk.place, "remount", "nr_inodes=1000").returncode, 0)
                self.expect_whole(self.desk.run())
            self.unmount()

    def test_a_disk_that_is_too_small_is_told_before(self):
        self.mounted()
        self.fill(2 * MEGABYTE)
        ended = self.desk.run()
        self.assertEqual(ended.code, 4, str(ended))
        self.assertIn("make room", ended.messages)
        self.assertEqual([path.name for path in self.desk.place.iterdir()], ["ballast"])

    def test_a_disk_that_nobody_may_write_to(self):
        self.mounted()
        self.assertEqual(mount(self.disk_bytes, self.desk.place, "remount", "ro").returncode, 0)
        ended = self.desk.run()
        self.assertEqual(ended.code, 4, str(ended))
        self.assertIn("Read-only file system", ended.messages)
        self.assertEqual(ended.messages.count("\n"), 1, str(ended))


if __name__ == "__main__":
    expect_mounts()
    unittest.main()
