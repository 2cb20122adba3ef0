"""Whatever the description of the API allows, and what it does not, is answered as it says.

The requests are invented from the description by schemathesis, and so is what is expected.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as described

from tests import api_examples

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 25  # for each operation
CHECKS = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_schema_conformance,
]
BOUNDED = settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.fixture(autouse=True)
def _connection_of_the_test():
    """An answer over WSGI ends by closing the connection, which here is that of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def operations():
    """All operations of the API, with the first data behind them."""
    api_examples.load_first_data()
    found = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    return [operation.ok() for operation in found.get_all_operations()]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_described(operations, mode):
    for operation in operations:
        ask(operation, mode)


def ask(operation, mode):
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered_as_described(case):
        case.call_and_validate(checks=CHECKS)

    answered_as_described()


def test_the_examples_of_parameters_are_accepted(operations):
    strategies = [
        strategy
        for operation in operations
        for strategy in operation.get_strategies_from_examples()
    ]
    assert strategies
    for strategy in strategies:
        accept(strategy)


def accept(strategy):
    @settings(BOUNDED, max_examples=1)
    @given(case=strategy)
    def accepted(case):
        assert case.call().status_code == 200, case.as_curl_command()

    accepted()
