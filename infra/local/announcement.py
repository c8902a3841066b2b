"""Tells programs (`local.json`) and people how to reach the running stack."""

import json
from pathlib import Path
from typing import Any

from heartline.domain.inboxes import Company
from infra.local.aws import REGION
from infra.local.errors import LocalError
from infra.local.home import Home
from infra.local.keepsake import Keepsake

Outputs = dict[str, str]


def description(home: Home, outputs: Outputs, company: Company, keepsake: Keepsake) -> dict[str, Any]:
    """What an outside client needs: addresses, names and passwords."""
    return {
        "inbox_url": f"{home.origin}/",
        "api_url": f"{home.origin}/api",
        "aws_endpoint": home.aws_url,
        "region": REGION,
        "table": outputs["Table"],
        "mail_bucket": outputs["MailBucket"],
        "mail_prefix": outputs["MailPrefix"],
        "webhooks": webhooks(home),
        "twilio": {
            "account_sid": keepsake.account_sid,
            "auth_token": keepsake.auth_token,
            "api_url": home.twilio_url,
        },
        **people(company, keepsake),
    }


def people(company: Company, keepsake: Keepsake) -> dict[str, Any]:
    """Whom to write to (the first inbox) and who answers: what the configuration decides."""
    inbox = company.inboxes[0]
    return {
        "inbound_address": next(iter(inbox.mail_addresses), ""),
        "sms_number": next(iter(inbox.sms_numbers), ""),
        "voice_number": next(iter(inbox.voice_numbers), ""),
        "whatsapp_number": next((number for each in company.inboxes for number in each.whatsapp_numbers), ""),
        "agents": [
            {
                "username": agent.id,
                "name": agent.name,
                "password": keepsake.passwords[agent.id],
                "skills": agent.skills,
                "phone": agent.phone,
            }
            for agent in company.agents
        ],
    }


def webhooks(home: Home) -> dict[str, str]:
    """What is set at the provider's numbers; `status` also hears how calls end."""
    return {name: f"{home.origin}/webhooks/{name}" for name in ("sms", "voice", "status")}


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace the description in one step; it holds passwords, so only its owner may read it."""
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def read(home: Home) -> dict[str, Any]:
    """What the stack of this folder wrote last; `LocalError` if it never ran."""
    try:
        content: dict[str, Any] = json.loads(home.description.read_text(encoding="utf-8"))
    except OSError as error:
        raise LocalError(
            f"there is no local stack in {home.folder}: `make run` starts one. "
            "If it runs from another folder, name that with --home or HEARTLINE_HOME"
        ) from error
    return content


def for_people(content: dict[str, Any]) -> str:
    """Where the inbox is, and two agents to be it."""
    logins = [f"             {agent['username']:<8} {agent['password']}" for agent in content["agents"][:2]]
    return "\n".join(
        [
            "",
            f"  The inbox  {content['inbox_url']}",
            *logins,
            f"  Mailbox    {content['inbox_url']}mailbox/",
            f"  Write to   {content['inbound_address']}, text or call {content['sms_number']}:",
            '             heartline send sms --from +12025550143 --body "My bike is broken"',
            "  Stop       Ctrl-C; everything is there again at the next start",
            "",
        ]
    )
