"""What a question is about: its words without those that only make it a question."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"\b(?:"
    r"what|which|who|whom|whose|when|where|why|how(?: (?:much|many|long|often|far))?"
    r"|tell (?:me|us)|please|can you|could you|do you know|is there any(?:thing)?|are there any|has any(?:one|body)"
    r"|did|does|do|was|were|is|are|has|have|had|be|been|being"
    r"|(?:the )?(?:team|group|participants?|attendees|people|everyone|everybody|somebody|someone|anyone|anybody)"
    r"|(?:in |during |at )?(?:the |this |that )?(?:meetings?|discussions?|conversations?)"
    r"|(?:say|says|said|talk(?:s|ed|ing)?|speak|spoke|spoken|mention(?:s|ed)?|discuss(?:es|ed|ing)?|comment(?:s|ed)?)"
    r"|(?:think|thinks|thought|feel|felt|believe[sd]?)"
    r"|(?:opinions?|views?|thoughts?|attitudes?|perspectives?)"
    r"|summari[sz]e[sd]?|summary|describe[sd]?|explain(?:s|ed)?|conclude[sd]?|conclusions?"
    r"|about|regarding|concerning|towards?|on|of|the|a|an|to|and"
    r")(?:['’]s)?\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"请问|请你?(?:告诉|总结|概括|说明|介绍)(?:我们?|一下)*|(?:你|您)?(?:知道|记得)|能不能|可不可以"
    r"|是?什么时候|什么(?:时间|样子?|意思)?|为什么|怎么样?|怎样|如何|哪(?:些|个|几个|位|里|儿|天|一天)|多少|多久|多长时间|几(?:号|点|个)"
    r"|谁|是否|是不是|有没有|有何|何时|何处|为何"
    r"|(?:大家|会上|会议上|会议(?:中|里)|我们|他们|与会者)(?:都)?(?:讨论|谈论|谈|聊|说|提|讲)(?:到|过|了)*"
    r"|(?:讨论|谈论|谈|聊|提)(?:到|过|了)+|关于|的?(?:看法|观点|意见|态度)|[吗呢吧?？]"
)


def focus(question: str) -> str:
    """The question without question words and without the talk of talking (what did the group say about …).

    The question itself when nothing would be left.
    """
    left = " ".join(_CHINESE.sub(" ", _ENGLISH.sub(" ", question)).split())
    return left if re.search(r"\w", left) else question
