"""How many a library's maximum matching serves."""

from collections import Counter
from collections.abc import Sequence

import networkx as nx

from heartline.domain.routing.model import Agent, Waiting


def most(waiting: Sequence[Waiting], agents: Sequence[Agent], taken: Counter[tuple[str, str]]) -> int:
    """How many the library seats, each slot that the better bands have left being a seat."""
    graph = nx.Graph()
    graph.add_nodes_from(head.id for head in waiting)
    for head in waiting:
        channel, needs = head.demand.channel, {skill for skill, _ in head.demand.steps[0].needs}
        for agent in agents:
            slots = agent.capacity[channel] - taken[agent.id, channel] if needs <= agent.skills.keys() else 0
            graph.add_edges_from((head.id, (agent.id, channel, slot)) for slot in range(slots))
    matching = nx.bipartite.hopcroft_karp_matching(graph, top_nodes={head.id for head in waiting})
    return len(matching) // 2
