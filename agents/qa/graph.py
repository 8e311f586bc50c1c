"""The qa graph: scope -> plan -> retrieve -> answer -> verify (-> repair -> verify) -> finish, or abstain."""

from __future__ import annotations

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.qa.nodes import QaNodes, after_plan, after_retrieve, after_verify
from agents.qa.state import QaState
from agents.qa.values import QaContext, QaDeps

QaGraph = CompiledStateGraph[QaState, QaContext, QaState, QaState]


def build_graph(deps: QaDeps, checkpointer: BaseCheckpointSaver[str] | None = None) -> QaGraph:
    """The compiled graph. A run's thread id is its conversation's; without a checkpointer nothing is remembered."""
    nodes = QaNodes(deps)
    graph = StateGraph(QaState, context_schema=QaContext)
    graph.add_node("scope", nodes.scope)
    graph.add_node("plan", nodes.plan)
    graph.add_node("retrieve", nodes.retrieve)
    graph.add_node("answer", nodes.answer)
    graph.add_node("verify", nodes.verify)
    graph.add_node("repair", nodes.repair)
    graph.add_node("finish", nodes.finish)
    graph.add_node("abstain", nodes.abstain)
    graph.add_edge(START, "scope")
    graph.add_edge("scope", "plan")
    graph.add_conditional_edges("plan", after_plan)
    graph.add_conditional_edges("retrieve", after_retrieve)
    graph.add_edge("answer", "verify")
    graph.add_conditional_edges("verify", after_verify)
    graph.add_edge("repair", "verify")
    graph.add_edge("finish", END)
    graph.add_edge("abstain", END)
    return graph.compile(checkpointer=checkpointer, name="qa")
