"""Many customers at the same moment: each gets a claim of their own with their own facts."""

from evaluation.stack import Stack
from tests.reliability.customers import Reporter
from tests.support.threads import together

CUSTOMERS = 20


def test_twenty_reports_at_once(sound_stack: Stack) -> None:
    reporters = [Reporter(sound_stack, number) for number in range(CUSTOMERS)]
    together(CUSTOMERS, lambda number: reporters[number].until(None))
    numbers = [reporter.check_claim() for reporter in reporters]
    assert len(set(numbers)) == CUSTOMERS
