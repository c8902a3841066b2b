"""Waits until the stack has worked off what came in, because the emulator does not keep its table's stream."""

import time

QUIET_SECONDS = 1.5
"""The emulator reads a stream at least every second."""

PATIENCE_SECONDS = 10.0


def wait_until_quiet(endpoint: str) -> None:
    """Return when the queues have been empty for `QUIET_SECONDS`, or after `PATIENCE_SECONDS`: queues are kept."""
    begun = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS and time.monotonic() - begun < PATIENCE_SECONDS:
        if any(depth for name, depth in queue_depths(endpoint).items() if "-dead" not in name):
            quiet_since = time.monotonic()
        time.sleep(0.2)


def queue_depths(endpoint: str) -> dict[str, int]:
    """Entries of every queue of the stack by its name, waiting and in flight, without those that are not due yet."""
    from infra.local import aws
    from infra.local.deployment import STACK

    sqs = aws.client("sqs", endpoint)
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    depths = {}
    for url in sqs.list_queues(QueueNamePrefix=f"{STACK}-").get("QueueUrls", []):
        counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        depths[url.rsplit("/", 1)[-1]] = sum(int(counts[name]) for name in names)
    return depths
