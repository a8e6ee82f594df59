from sqlalchemy import text

from claims import provider_tokens

NAME = "wechat:wx0123456789abcdef"


def test_the_first_who_asks_fetches_and_the_others_wait(work) -> None:
    with work() as first:
        assert provider_tokens.current(first.session, NAME) is None
        assert provider_tokens.begin_renewal(first.session, NAME, None, 15)
        first.commit()
    with work() as second:
        assert not provider_tokens.begin_renewal(second.session, NAME, None, 15)


def test_a_token_serves_all_until_shortly_before_it_runs_out(session, time) -> None:
    assert provider_tokens.begin_renewal(session, NAME, None, 15)
    provider_tokens.keep(session, NAME, "first", 7200)
    assert provider_tokens.current(session, NAME) == "first"
    assert not provider_tokens.begin_renewal(session, NAME, None, 15)
    time.forward(seconds=7200 - 299)
    assert provider_tokens.current(session, NAME) is None
    assert provider_tokens.begin_renewal(session, NAME, None, 15)


def test_a_refused_token_is_renewed_once_however_many_were_refused(session) -> None:
    provider_tokens.begin_renewal(session, NAME, None, 15)
    provider_tokens.keep(session, NAME, "first", 7200)
    assert provider_tokens.current(session, NAME, spoilt="first") is None
    assert provider_tokens.begin_renewal(session, NAME, "first", 15)
    provider_tokens.keep(session, NAME, "second", 7200)
    assert not provider_tokens.begin_renewal(session, NAME, "first", 15)
    assert provider_tokens.current(session, NAME, spoilt="first") == "second"


def test_whoever_was_killed_while_fetching_is_not_waited_for_for_ever(session, time) -> None:
    assert provider_tokens.begin_renewal(session, NAME, None, 15)
    time.forward(seconds=16)
    assert provider_tokens.begin_renewal(session, NAME, None, 15)


def test_after_a_failure_nobody_asks_for_a_while(session, time) -> None:
    provider_tokens.begin_renewal(session, NAME, None, 15)
    provider_tokens.failed(session, NAME, 3)
    assert not provider_tokens.begin_renewal(session, NAME, None, 15)
    time.forward(seconds=4)
    assert provider_tokens.begin_renewal(session, NAME, None, 15)


def test_it_is_not_readable_in_the_database(session) -> None:
    provider_tokens.begin_renewal(session, NAME, None, 15)
    provider_tokens.keep(session, NAME, "first", 60)
    assert provider_tokens.current(session, NAME) == "first"
    assert "first" not in session.scalar(text("SELECT token FROM provider_tokens"))
