"""Where each agent is rung, as they chose it."""

from heartline.domain.devices import Device
from heartline.storage import keys
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Put


class DynamoDevices:
    """Implements `services.phone.Devices`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def chosen(self, agent_id: str) -> Device | None:
        item = self._table.get(keys.device(agent_id))
        return Device(item["device"]) if item else None

    def choose(self, agent_id: str, device: Device) -> None:
        self._table.write(Put(item={**keys.device(agent_id), "device": device.value}))
