"""What auth-service measures.

Made by this command from the catalogue of metrics. Do not edit it: change the catalogue, and make
it anew.

    npm run generate -- --language python --service auth-service
"""

from collections.abc import Mapping
from typing import Literal, get_args

from microservices_monitoring.definitions import Bounded, HttpDefinitions, Label, Metric, OneOf
from microservices_monitoring.metrics import CounterOf, ServiceMetrics

LoginAttemptsTotalStatus = Literal["success", "failure"]
TokenValidationsTotalResult = Literal["valid", "invalid", "expired"]
_ROUTE = Bounded(max=100, rest="unmatched")

_HTTP_LABELS: Mapping[str, Label] = {
    "method": OneOf(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"), rest="OTHER"),
    "route": _ROUTE,
    "status_code": OneOf((
        "100",
        "200",
        "201",
        "202",
        "204",
        "206",
        "300",
        "301",
        "302",
        "303",
        "304",
        "307",
        "308",
        "400",
        "401",
        "403",
        "404",
        "405",
        "406",
        "408",
        "409",
        "410",
        "412",
        "413",
        "414",
        "415",
        "422",
        "429",
        "431",
        "499",
        "500",
        "501",
        "502",
        "503",
        "504",
    )),
}


class LoginAttemptsTotal(CounterOf):
    """Attempts to log in, by outcome.

    In attempts.
    """

    def inc(self, by: float = 1, *, status: LoginAttemptsTotalStatus) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, (status,))


class RegistrationsTotal(CounterOf):
    """Accounts registered.

    In registrations.
    """

    def inc(self, by: float = 1) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, ())


class TokenValidationsTotal(CounterOf):
    """Tokens checked, by result.

    In validations.
    """

    def inc(self, by: float = 1, *, result: TokenValidationsTotalResult) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, (result,))


class AuthServiceMetrics(ServiceMetrics):
    """The metrics of auth-service: one of these in a process."""

    service = "auth-service"
    http = HttpDefinitions(
        requests=Metric(
            "http_requests_total",
            "counter",
            "HTTP requests answered, aborted ones included.",
            labels=_HTTP_LABELS,
            max_label_sets=400,
        ),
        duration=Metric(
            "http_request_duration_seconds",
            "histogram",
            "Time from the arrival of an HTTP request to the end of its response.",
            labels=_HTTP_LABELS,
            buckets=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            max_label_sets=400,
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.login_attempts_total = LoginAttemptsTotal(
            self,
            Metric(
                "login_attempts_total",
                "counter",
                "Attempts to log in, by outcome.",
                labels={"status": OneOf(get_args(LoginAttemptsTotalStatus))},
            ),
        )
        self.registrations_total = RegistrationsTotal(
            self,
            Metric(
                "registrations_total",
                "counter",
                "Accounts registered.",
            ),
        )
        self.token_validations_total = TokenValidationsTotal(
            self,
            Metric(
                "token_validations_total",
                "counter",
                "Tokens checked, by result.",
                labels={"result": OneOf(get_args(TokenValidationsTotalResult))},
            ),
        )
