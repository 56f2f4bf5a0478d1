"""Tests of the greeting."""

import unittest

from greet.main import greeting


class Greeting(unittest.TestCase):
    """The greeting of one person."""

    def test_it_names_the_person(self) -> None:
        self.assertEqual(greeting("Ada"), "Hello, Ada!")

    def test_it_is_polite(self) -> None:
        self.assertTrue(greeting("Bob").startswith("Hello"))
