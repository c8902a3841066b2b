"""How this machine's tools reach the emulated AWS; never a real account, whatever the environment says."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import boto3

REGION = "us-east-1"
ACCESS_KEY = "heartline"


@cache
def session() -> "boto3.Session":
    import boto3

    return boto3.Session(aws_access_key_id=ACCESS_KEY, aws_secret_access_key=ACCESS_KEY, region_name=REGION)


def client(service: str, endpoint: str) -> Any:
    """Build a boto3 client of the emulator at `endpoint`."""
    return session().client(service, endpoint_url=endpoint)  # type: ignore[call-overload]  # the name is not a literal


def environment(endpoint: str) -> dict[str, str]:
    """Variables that point the SAM CLI, and whatever else speaks to AWS, at the emulator."""
    return {
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": ACCESS_KEY,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
