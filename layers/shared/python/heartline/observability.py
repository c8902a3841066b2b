"""What a function tells its operators: structured log lines and metrics, without personal data."""

import functools

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

NAMESPACE = "Heartline"


@functools.cache
def logger() -> Logger:
    """The process's logger: JSON lines, level from `POWERTOOLS_LOG_LEVEL`."""
    return Logger(service="heartline")


@functools.cache
def _metrics() -> Metrics:
    return Metrics(namespace=NAMESPACE, service="heartline")


def count(name: str, value: int = 1, **dimensions: str) -> None:
    """Raise a metric by `value`; written as one embedded-metric log line, no request to AWS."""
    metrics = _metrics()
    for dimension, content in dimensions.items():
        metrics.add_dimension(name=dimension, value=content)
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    metrics.flush_metrics()
