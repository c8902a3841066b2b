"""Reads a company's configuration from a YAML file and puts it into a table."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heartline.domain.contacts import Contact
from heartline.domain.errors import Invalid, NotFound
from heartline.domain.inboxes import Company
from infra.local.errors import LocalError

if TYPE_CHECKING:
    from heartline.storage.configuration import StoredConfiguration


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A validated configuration beside the document that it was read from."""

    company: Company
    contacts: tuple[Contact, ...]
    document: dict[str, Any]


def read_plan(path: Path) -> Plan:
    """Read and validate a whole configuration; `LocalError` names the file and the place in it."""
    import yaml

    from heartline.services.configure import read_company, read_contacts

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Plan(company=read_company(document), contacts=read_contacts(document), document=document)
    except OSError as error:
        raise LocalError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise LocalError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    except Invalid as error:
        raise LocalError(f"{path}: {error}") from error


def stored(dynamodb: Any, table: str) -> "StoredConfiguration":
    """The configuration in `table`, over a boto3 client of DynamoDB."""
    import time

    from heartline.storage.configuration import StoredConfiguration
    from heartline.storage.dynamodb import Table

    return StoredConfiguration(Table(dynamodb, table), time.monotonic)


def is_configured(configuration: "StoredConfiguration") -> bool:
    try:
        configuration.company()
    except NotFound:
        return False
    return True
