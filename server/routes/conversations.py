"""Conversations: the questions that were asked and their answers."""

from __future__ import annotations

from fastapi import APIRouter

from server.routes.deps import API

router = APIRouter(prefix=f"{API}/conversations", tags=["ask"])
