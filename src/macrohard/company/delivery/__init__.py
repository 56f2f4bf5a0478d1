"""Delivery: a git repository, a README made only of verified claims, tests, and the evidence."""

from macrohard.company.delivery.project import Delivery, deliver

__all__ = ["Delivery", "deliver"]
