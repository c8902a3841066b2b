"""A span of time on the command line: `--from` and `--to`."""

import argparse
from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)


def add_span(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Moments are RFC 3339, or a day; without a zone they are in UTC."""
    default = "" if required else " (default: 24 hours before --to)"
    parser.add_argument(
        "--from", dest="start", type=moment, required=required, metavar="TIME", help=f"the first moment{default}"
    )
    parser.add_argument(
        "--to", dest="end", type=moment, metavar="TIME", help="the moment after the last (default: now)"
    )


def span_of(arguments: argparse.Namespace) -> tuple[datetime, datetime]:
    end = arguments.end or datetime.now(UTC)
    return arguments.start or end - DAY, end


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no time such as 2026-03-02 or 2026-03-02T12:00:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
