import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import ClaimsError
from claims.models import ClaimSequence
from claims.numbers import check_digit, is_claim_number, next_claim_number
from tests.support.threads import together

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert check_digit("0794") == "5"  # the worked example of ISO 7064, MOD 11,10


def test_numbers_count_up_by_day(session) -> None:
    assert next_claim_number(session, DAY)[:-1] == "C20261122000001"
    assert next_claim_number(session, DAY)[:-1] == "C20261122000002"
    assert next_claim_number(session, date(2026, 11, 23))[:-1] == "C20261123000001"


def test_a_number_that_was_undone_is_given_again(work) -> None:
    with work() as unit:
        undone = next_claim_number(unit.session, DAY)
    with work() as unit:
        assert next_claim_number(unit.session, DAY) == undone


def test_a_day_has_a_last_number(session) -> None:
    session.add(ClaimSequence(day=DAY, last=999_999))
    session.flush()
    with pytest.raises(ClaimsError, match="used up"):
        next_claim_number(session, DAY)


def test_no_number_is_given_twice_to_threads(work) -> None:
    def take(_: int) -> list[str]:
        numbers = []
        for _ in range(5):
            with work() as unit:
                numbers.append(next_claim_number(unit.session, DAY))
                unit.commit()
        return numbers

    taken = [number for numbers in together(8, take) for number in numbers]
    assert sorted(int(number[9:15]) for number in taken) == list(range(1, 41))


def test_no_number_is_given_twice_to_processes(work, database_url: str) -> None:
    program = (
        "import datetime, sys\n"
        "from claims.database import unit_of_work\n"
        "from claims.numbers import next_claim_number\n"
        "for _ in range(10):\n"
        "    with unit_of_work(sys.argv[1]) as unit:\n"
        "        number = next_claim_number(unit.session, datetime.date(2026, 11, 22))\n"
        "        unit.commit()\n"
        "    sys.stdout.write(number + '\\n')\n"
    )
    command = [sys.executable, "-c", program, database_url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(3)]
    taken = [line for process in running for line in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sorted(int(number[9:15]) for number in taken) == list(range(1, 31))


@given(st.integers(1, 999_999), st.integers(1, 14), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(sequence: int, place: int, by: int) -> None:
    digits = f"20261122{sequence:06d}"
    number = f"C{digits}{check_digit(digits)}"
    assert is_claim_number(number)
    wrong = str((int(number[place]) + by) % 10)
    assert not is_claim_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "C", "C2026112200000", "P202611220000015", "C20261122000001x", "二〇二六"])
def test_other_text_is_no_claim_number(text: str) -> None:
    assert not is_claim_number(text)


def test_spacing_and_case_do_not_matter() -> None:
    number = "C20261122000001" + check_digit("20261122000001")
    assert is_claim_number(f" {number[0].lower()} {number[1:9]}-{number[9:]} ")
