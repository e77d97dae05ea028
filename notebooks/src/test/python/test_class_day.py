"""A short day of a class: `class_day.py` holds the long one."""
import os
import random
import unittest

import class_day


class ClassDay(unittest.TestCase):
    def test_nothing_is_left_of_five_kernels(self):
        seed = int(os.environ.get("BRIGADE_SEED") or random.randrange(10 ** 6))
        self.assertEqual(class_day.hold_class(5, 5, seed), [], "again with BRIGADE_SEED=%d" % seed)


if __name__ == "__main__":
    unittest.main()
