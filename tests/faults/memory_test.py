"""Memory that runs out costs a row, or ends a run in a documented way; nothing that is done is lost.

Random allocations of a run fail, or all of some size from one on; and the address space is bounded
for real. HDF5, and nlohmann-json where it destroys a list, do not bear the failure of some of their
own small allocations, which happens by injection alone: there a crash is counted, must cost nothing,
and is rare among the allocations of C++. Exit 77: no C compiler, or a program that takes no
preloaded library.
"""

import collections
import json
import resource
import signal
import unittest

from campaign import PROGRAM, CampaignCase, Start, count
from injection import Injection

CASES = count(100, 2_000)
FLOORS = (1, 1, 64, 1_024, 16_384, 262_144)  # smallest allocations that count, in bytes
SPACES = count(12, 60)
CRASHING = 0.01  # at most of the failing allocations of C++; of a few, three
LIBRARY_ENDS = (128 + signal.SIGSEGV, 128 + signal.SIGABRT, 128 + signal.SIGBUS, 255)  # HDF5 calls exit(-1) in places
NO_NUMBER = "valid TOML"  # what toml++ makes of a number that it has no memory to read


class MemoryTest(CampaignCase):
    replications = 12

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.injection = Injection(cls.desk)
        cls.outcomes = collections.Counter()

    @classmethod
    def tearDownClass(cls):
        print(f"outcomes: {dict(cls.outcomes)}")
        super().tearDownClass()

    def allocations(self, kind, floor):
        """How many allocations of that size a run makes."""
        self.desk.clear()
        with self.injection.faults(kind=kind, floor=floor) as environment:
            self.assertEqual(self.desk.run(env=environment).code, 0)
        return max(int(number) for one, number in self.injection.calls() if one == kind)

    def failed_rows(self):
        """How many rows of the result are marked as failed, as its page says."""
        page = Start([PROGRAM, "summary", self.desk.output, "--json"]).end()
        self.assertEqual(page.code, 0, str(page))
        return json.loads(page.page)["replications_failed"]

    def check(self, ended, words=("memory", "alloc", NO_NUMBER)):
        """What is wrong is told in one line; nothing that has the result's name is in part."""
        self.assertIn(ended.code, (0, 1, 4, 5, *((3,) if NO_NUMBER in ended.messages else ())), str(ended))
        if ended.code in (1, 3, 4):
            lines = [line for line in ended.messages.splitlines() if any(word in line for word in words)]
            self.assertEqual(len(lines), 1, str(ended))
        if ended.code == 0 and self.failed_rows() == 0:
            self.outcomes["nothing lost"] += 1
            self.expect_whole(ended)
        elif ended.code == 0:
            self.outcomes["failed rows"] += 1
        else:
            self.outcomes[f"exit {ended.code}"] += 1
            self.expect_old_or_whole()
            self.expect_completed()

    def expect_completed(self):
        """The same command completes; rows that failed for want of memory may be kept as failed."""
        ended = self.desk.run("--failures", self.replications)
        self.assertEqual(ended.code, 0, str(ended))
        if self.failed_rows() == 0:
            self.expect_whole(ended)
        else:
            self.outcomes["failed rows kept"] += 1

    def fail_some(self, kind, cases, check):
        """Lets a random allocation fail in each of so many starts."""
        totals = {floor: self.allocations(kind, floor) for floor in set(FLOORS)}
        for number in range(cases):
            floor = FLOORS[number % len(FLOORS)]
            lasting = floor > 1_000 and self.random.random() < 0.5
            fault = {"kind": kind, "at": self.random.randint(1, totals[floor]), "floor": floor, "lasting": lasting}
            self.desk.clear()
            with self.subTest(**fault), self.injection.faults(**fault) as environment:
                check(self.desk.run(env=environment, threads=self.random.randint(1, 2)))

    def check_in_libraries(self, ended):
        if ended.code not in LIBRARY_ENDS:
            return self.check(ended, words=("flywheel run: ", "flywheel: "))  # which has the library's words
        self.assertNotIn("flywheel", ended.messages, "crashes after it told why")
        self.outcomes["crash inside a library"] += 1
        self.expect_old_or_whole()
        self.expect_completed()

    def check_in_program(self, ended):
        if ended.code in LIBRARY_ENDS:
            self.crashes += 1
            return self.check_in_libraries(ended)
        return self.check(ended)

    def test_allocations_of_the_program_fail(self):
        self.crashes = 0
        self.fail_some("new", CASES, self.check_in_program)
        print(f"{self.crashes} of {CASES} crashed")
        self.assertLessEqual(self.crashes, max(3, CRASHING * CASES))

    def test_any_allocation_fails(self):
        self.fail_some("memory", CASES // 3, self.check_in_libraries)

    def test_the_address_space_ends(self):
        """From so little that the program hardly begins to what it needs."""
        megabyte = 1 << 20
        for number in range(SPACES):
            space = (60 + 340 * number // SPACES) * megabyte
            with self.subTest(megabytes=space // megabyte):
                self.desk.clear()
                ended = Start(
                    self.desk.command(threads=2),
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (space, space)),
                ).end()
                if "shared librar" in ended.messages:
                    continue  # the program did not begin
                self.check(ended)


if __name__ == "__main__":
    unittest.main()
