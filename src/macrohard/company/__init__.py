"""The software company: from a request to a delivered program and its evidence."""

from macrohard.company.build import build
from macrohard.company.implement import implement
from macrohard.company.order import Kind, Limit, Order
from macrohard.company.progress import Event, Progress
from macrohard.company.report import Cost, Report, Status
from macrohard.company.resume import resume

__all__ = ["Cost", "Event", "Kind", "Limit", "Order", "Progress", "Report", "Status", "build", "implement", "resume"]
