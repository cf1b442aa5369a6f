"""Damaged shards are found, set aside and played again; a damaged result is refused.

One start meets many damages at once.
"""

import collections
import os
import unittest

from campaign import PROGRAM, CampaignCase, Start, count, hash_of
from damage import DAMAGES, GARBAGE_NAMES, bit_flipped

DAMAGED_SHARDS = count(500, 10_000)
DAMAGED_RESULTS = count(20, 400)


class DamageTest(CampaignCase):
    replications = 60

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prepared = cls.desk.folder / "prepared"
        cls.desk.play_part(cls.replications, cls.prepared)
        cls.foreign = cls.desk.folder / "foreign"
        cls.desk.play_part(cls.replications, cls.foreign, "--seed", 2)

    def expect_told(self, ended, names):
        """Each damaged file is named in a sentence of its own."""
        told = [line for line in ended.messages.splitlines() if "went to quarantine: " in line]
        for name in names:
            sentences = [line for line in told if name in line]
            self.assertEqual(len(sentences), 1, f"{name}: {ended}")

    def damage_some(self):
        """Lays out a whole folder and damages half of it; the names that should be told."""
        self.desk.lay_out(self.prepared)
        files = self.desk.shards()
        self.random.shuffle(files)
        for file in files[: self.replications // 2]:
            damage = self.random.choice(DAMAGES)
            damage(file, self.random)
            self.damages[damage.__name__] += 1
        ruined = files[: self.replications // 2]
        return [file.name[:13] for file in ruined]

    def test_damaged_shards_are_found_and_played_again(self):
        self.damages = collections.Counter()
        while sum(self.damages.values()) < DAMAGED_SHARDS:
            names = self.damage_some()
            ended = self.desk.run(threads=2, keep_every=0.02)
            self.expect_told(ended, names)
            self.expect_whole(ended)
        print(f"{sum(self.damages.values())} damages: {dict(self.damages)}")

    def test_swapped_shards_are_both_found(self):
        for _ in range(count(3, 50)):
            self.desk.lay_out(self.prepared)
            one, other = self.random.sample(self.desk.shards(), 2)
            aside = one.with_name("aside")
            one.rename(aside)
            other.rename(one)
            aside.rename(other)
            ended = self.desk.run()
            self.expect_told(ended, [one.name, other.name])
            self.expect_whole(ended)

    def test_shards_of_another_seed_are_found(self):
        """Under their own names, which are right, beside ours or instead of them."""
        strangers = sorted((self.foreign / "x.h5.run" / "shards").iterdir())
        for _ in range(count(3, 50)):
            self.desk.lay_out(self.prepared)
            chosen = self.random.sample(range(self.replications), 20)
            ours = self.desk.shards()
            for number in chosen[:10]:
                ours[number].unlink()
            for number in chosen:
                os.link(strangers[number], self.desk.work / "shards" / strangers[number].name)
            ended = self.desk.run()
            self.expect_told(ended, [strangers[number].name for number in chosen[:10]])
            self.expect_whole(ended)

    def test_duplicates_change_nothing(self):
        """A copy that is never asked for needs no word."""
        for _ in range(count(3, 50)):
            self.desk.lay_out(self.prepared)
            shards = self.desk.shards()
            for one, other in (self.random.sample(shards, 2) for _ in range(10)):
                (one.parent / f"{one.name[:12]}{other.name[12:]}").write_bytes(other.read_bytes())
            self.expect_whole(self.desk.run())

    def test_names_that_no_shard_has_are_set_aside(self):
        self.desk.lay_out(self.prepared)
        folder = os.fsencode(self.desk.work / "shards")
        for name in GARBAGE_NAMES:
            with open(os.path.join(folder, os.fsencode(name)), "wb") as file:
                file.write(b"what is this?")
        ended = self.desk.run()
        self.assertGreaterEqual(ended.messages.count("has no name of a shard"), len(GARBAGE_NAMES) - 1)
        self.assertNotIn("\x1b", ended.messages)
        self.assertNotIn("\u202e", ended.messages)
        self.expect_whole(ended)

    def test_other_files_in_the_folder_may_be_anything(self):
        for name in ("status.json", "preview.h5", "quarantine"):
            with self.subTest(name=name):
                self.desk.lay_out(self.prepared)
                path = self.desk.work / name
                if path.is_dir():
                    path.rmdir()
                path.unlink(missing_ok=True)
                path.mkdir()
                (path / "something").mkdir()
                bit_flipped(self.desk.shards()[7], self.random)
                self.expect_whole(self.desk.run())


class DamagedResultTest(CampaignCase):
    replications = 10

    def damage(self, content):
        kind = self.random.randrange(4)
        place = self.random.randrange(len(content))
        if kind == 0:
            return content[:place]
        if kind == 1:
            return content + self.random.randbytes(self.random.randrange(1, 100))
        if kind == 2:
            return content[:place] + bytes(4096) + content[place + 4096 :] if any(content[place : place + 4096]) else b""
        return content[:place] + bytes([content[place] ^ 1 << self.random.randrange(8)]) + content[place + 1 :]

    def expect_refused(self, ended):
        self.assertEqual(ended.code, 4, str(ended))
        self.assertEqual(ended.messages.count("\n"), 1, ended.messages)
        self.assertIn(str(self.desk.output), ended.messages)

    def test_a_damaged_result_is_refused_and_left_as_it_is(self):
        self.expect_whole(self.desk.run())
        content = self.desk.output.read_bytes()
        for _ in range(DAMAGED_RESULTS):
            self.desk.output.write_bytes(self.damage(content))
            before = hash_of(self.desk.output)
            self.expect_refused(Start([PROGRAM, "summary", self.desk.output]).end())
            self.expect_refused(self.desk.run(replications=12))
            self.expect_refused(self.desk.run())
            self.assertEqual(hash_of(self.desk.output), before)
            self.assertFalse(self.desk.work.exists())


if __name__ == "__main__":
    unittest.main()
