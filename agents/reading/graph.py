"""The reading graph, one inquiry a run: take -> ask -> check (-> ask -> check) -> keep."""

from __future__ import annotations

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.reading.nodes import Desk, ReadingContext, ReadingNodes, after_check, after_take
from agents.reading.state import ReadingState

ReadingGraph = CompiledStateGraph[ReadingState, ReadingContext, ReadingState, ReadingState]


def build_graph(desk: Desk) -> ReadingGraph:
    """The compiled graph. A run ends with no inquiry where nothing is left to ask."""
    nodes = ReadingNodes(desk)
    graph = StateGraph(ReadingState, context_schema=ReadingContext)
    graph.add_node("take", nodes.take)
    graph.add_node("ask", nodes.ask)
    graph.add_node("check", nodes.check)
    graph.add_node("keep", nodes.keep)
    graph.add_edge(START, "take")
    graph.add_conditional_edges("take", after_take, {"ask": "ask", "end": END})
    graph.add_edge("ask", "check")
    graph.add_conditional_edges("check", after_check)
    graph.add_edge("keep", END)
    return graph.compile(name="reading")
