"""What a list of cue words alone finds: the floor that the extractor has to rise above.

Every line with a cue is an item of its own; no two lines are joined, and no owner and no date is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.ledger.domain import ItemDraft, ItemKind
from retrieval.domain import Line

_CUES = {
    ItemKind.DECISION: (
        r"\b(?:deci(?:de|ded|sion)|agreed?|settled|let's (?:go|say|do|have|make|use)|"
        r"we(?:'re| are) going (?:to|with|for)|we(?:'ll| will) (?:go|have|use|make|do|keep)|go(?:ing)? (?:with|for))\b",
        r"决定|定了|就定|定下来|同意|确定|就按|就这么|改成|改为",
    ),
    ItemKind.COMMITMENT: (
        r"\b(?:I(?:'ll| will)|you(?:'ll| will)|will work on|action items?|"
        r"(?:for|before|by|until) (?:the |our )?next meeting|by (?:tomorrow|next|mon|tues|wednes|thurs|fri)\w*)\b",
        r"我来|交给我|我负责|你来|之前(?:给|出|做|弄|写)|号前|下周.前",
    ),
}
_PATTERNS = {kind: re.compile("|".join(cues), re.IGNORECASE) for kind, cues in _CUES.items()}


def cue_items(lines: Sequence[Line]) -> list[ItemDraft]:
    """Each line that holds a cue of a kind, in Chinese or English, as an item of that kind. The confidence is 0.5."""
    return [
        ItemDraft(kind, (line.index,), line.text, 0.5)
        for line in lines
        for kind, cue in _PATTERNS.items()
        if cue.search(line.text)
    ]
