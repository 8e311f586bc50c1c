"""Cues of what a meeting is for, of what it came to, and of what part somebody has in it, Chinese and English."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from agents.extract.cues import Cue, either


class Tells(StrEnum):
    """What a sentence tells of the meeting or of its speaker."""

    AIM = "aim"
    """What the meeting is for."""
    SUM = "sum"
    """What follows sums up what it came to."""
    SETTLED = "settled"
    """What came before is how it stays."""
    SHIFT = "shift"
    """Something else is come to."""
    PART = "part"
    """What the speaker's part is."""
    OTHER = "other"
    """Another meeting or another person is spoken of, or it is denied or only supposed."""


def tells(sentence: str, what: Tells) -> float:
    """How surely the sentence tells that, 0..1."""
    return either(*(weight for pattern, weight in _compiled()[what] if pattern.search(sentence)))


@cache
def _compiled() -> dict[Tells, list[tuple[re.Pattern[str], float]]]:
    by_kind: dict[Tells, list[tuple[re.Pattern[str], float]]] = {kind: [] for kind in Tells}
    for cue in CUES_AIM:
        by_kind[cue.role].append((re.compile(cue.pattern, re.IGNORECASE), cue.weight))
    return by_kind


_MEETING = r"(?:meeting|call|session|sync|stand-?up|discussion|review|workshop|retro(?:spective)?)"
_THIS = rf"(?:this|today['’]s|the|our)(?: \w+){{0,2}} {_MEETING}"
_WORK = (
    r"(?:talk|discuss|go (?:through|over)|cover|look at|review|decide|plan|agree|sort out|settle|figure out|walk|find|"
    r"prepare|hear|see|present|evaluate|share|check|work|focus|be (?:talking|looking|discussing|going))"
)
_HUI = r"(?:会议?|例会|周会|晨会|讨论|沟通|评审|复盘|碰头)"
_TALK = r"(?:讨论|聊|谈|说|讲|过|看|对|同步|定|评审|复盘|梳理|商量|解决|汇报|沟通|确认|明确|介绍|分享)"
_TITLE = (
    r"(?:lead|leader|manager|engineer|designer|director|developer|owner|head|analyst|coordinator|officer|architect|"
    r"tester|consultant|expert|editor|producer|teacher|researcher|intern|master|administrator|accountant|lawyer|"
    r"counsel|representative|assistant|chair(?:man|woman|person)?|secretary|founder|specialist|programmer|scientist|"
    r"[CVQ][A-Z]O?)"
)
_BERUF = (
    r"(?:经理|工程师|设计师|总监|主管|主任|负责人|组长|主持人?|产品|运营|测试|开发|前端|后端|老师|顾问|助理|架构师|"
    r"分析师|店长|教研|销售|客服|创始人|秘书|会计|律师|编辑|导播|主播|实习生|研究员|专员|代表|[A-Z]{2,3}O?)"
)

# fmt: off
CUES_AIM = (
    Cue(Tells.AIM, 0.85, rf"\b(?:purpose|aim|goal|objective|point) (?:of|for) (?:{_THIS}|today)\b"),
    Cue(Tells.AIM, 0.8,
        rf"\bI(?:['’]ve| have)? (?:called|set up|scheduled|asked for) (?:this|the) {_MEETING}\b|"
        rf"\bwe(?:['’]re| are) (?:all )?here (?:today )?(?:to|because)\b|"
        rf"\bthe reason (?:for|we(?:['’]re| are) having) (?:this|the) {_MEETING}\b"),
    Cue(Tells.AIM, 0.75,
        r"\b(?:the|our|today['’]s|my) agenda\b[^.?!]{0,30}\b(?:is|has|for (?:today|this|the)|today|covers)\b|"
        r"\bon (?:the|our|today['’]s) agenda (?:is|are|for today|today|we have)\b"),
    Cue(Tells.AIM, 0.65,
        rf"\b(?:today|this (?:morning|afternoon|evening|time)|in (?:this|today['’]s)(?: \w+)? {_MEETING})\b,? "
        rf"(?:(?:um|uh|so),? )*(?:we|I)(?:['’]re| are|['’]ll| will|['’]d)?(?: \w+){{0,4}}? {_WORK}\b|"
        rf"\bwe(?:['’]re| are|['’]ll| will|['’]d| want| need| would like| have)?(?: \w+){{0,3}}? {_WORK}\b"
        rf"[^.?!]{{0,50}}\b(?:today|in this {_MEETING})\b"),
    Cue(Tells.AIM, 0.6,
        rf"\b(?:this|today['’]s)(?: \w+)? {_MEETING} (?:is|will be|(?:['’]ll|will) (?:cover|focus)) "
        r"(?:about|on|for|to|the|all about|going to)\b|"
        r"\b(?:one|two|three|four|five|a few|a couple of|\d) (?:things|items|topics|points) "
        r"(?:for |on the list )?(?:today|to (?:cover|discuss|go through|talk about|get through))\b"),
    Cue(Tells.AIM, 0.85,
        rf"(?:(?:这次|本次|今天|此次|今儿)(?:的|这个|这次|咱们?的?|我们的?)?{_HUI}?|这个{_HUI})(?:的)?(?:一个)?(?:主要)?"
        r"(?:目的|目标|主题|议题|议程|任务|重点)"),
    Cue(Tells.AIM, 0.75,
        rf"(?:今天|这次|本次|今儿)(?:个)?(?:开会|开这个会|叫大家|把大家|找大家|请大家|召集)|"
        rf"(?:这次|本次|今天(?:的|这个)?|这个){_HUI}(?:，)?(?:主要|就是|是为了|重点)"),
    Cue(Tells.AIM, 0.65,
        r"(?:今天|这次|本次|今儿)(?:呢|，|我们|咱们?|大家|的话|就|先|一共|也|会上)*(?:主要|重点)|"
        r"(?:今天|这次|本次)(?:呢|，|我们|咱们?|的话|就|先|一共|议程)*[一二两三四五六七几\d]+(?:件事|个?(?:议题|问题|话题|"
        r"事项|部分|点|事))|议程(?:是|有|如下|很简单|[:：])"),
    Cue(Tells.AIM, 0.55,
        rf"(?:今天|这次|本次)(?:呢|，|我们|咱们?|大家|的话|就|先|一起|再)*(?:要|想|来|需要|得|一起)+(?:一起|再|把)?[^，。？]{{0,8}}{_TALK}|"
        rf"(?:今天|这次|本次)(?:呢|，|我们|咱们?|就|先)*{_TALK}(?:一下|下|的是|三|两|几|清楚|完)"),
    Cue(Tells.SUM, 0.75,
        r"(?:^|[,.;] ?|\b(?:so|just|okay|ok|and),? )to (?:sum(?: (?:it|this|that|things))?(?: all)? up|"
        r"summari[sz]e|recap|conclude|wrap (?:it |this |things )?up)"
        r"\b(?! (?:here|early|soon|now))|\b(?:let me|I(?:['’]ll| will)|let['’]s|I['’]d like to)(?: just| quickly)* "
        r"(?:recap|summari[sz]e|sum (?:it |this )?up)\b|\b(?:quick|short|brief) (?:recap|summary)\b"),
    Cue(Tells.SUM, 0.7,
        r"\b(?:the|our|so the|my) (?:conclusion|upshot|bottom line|take-?away|outcome)s? (?:is|are|then|here|of)\b|"
        r"\bin (?:summary|conclusion)\b"),
    Cue(Tells.SUM, 0.65,
        r"\b(?:so|okay|ok|right|alright)\b[^.?!]{0,20}\b(?:what )?we(?:['’]ve| have) (?:all |now )?"
        r"(?:agreed|decided|settled)\b|\b(?:the|our|so) (?:next steps|action items|actions) (?:are|from (?:this|"
        r"today))\b"),
    Cue(Tells.SUM, 0.75, r"(?:总结|小结|归纳|汇总|概括|收尾|收个尾)(?:一下|下|一句|几句)|总的来说|综上"),
    Cue(Tells.SUM, 0.7,
        r"(?:今天|这次|会议|最后|最终)(?:的|会)*结论|结论(?:就)?是|我(?:再|来|最后)*(?:过|重复|念|复述|捋|确认)一(?:遍|下)"),
    Cue(Tells.SUM, 0.65,
        r"今天(?:呢|就|的会|这个会|咱们?|我们|会上|一共)*(?:定了|定下|敲定|达成|说好|明确了)|"
        r"(?:那|好)[^。？]{0,4}(?:下一步|接下来)(?:就是|的(?:行动|安排)|[:：])"),
    Cue(Tells.SETTLED, 0.6,
        r"^\W*(?:(?:so|okay|ok|right|well|and|then|good|great),? )*(?:that['’]s|that is|it['’]s|we['’]re|we are) "
        r"(?:all )?"
        r"(?:it|settled|agreed|decided|a plan|the plan)(?:,? then)?(?=[.!,]|$)|\bso be it\b|\bthat['’]s (?:what|"
        r"how) we(?:['’]ll| will) (?:do|leave it)\b"),
    Cue(Tells.SETTLED, 0.6,
        r"就这(?:么|样)(?:定|办|说定)(?:了|吧|啦)?|那就(?:定了|说定了|这(?:么|样)(?:吧|了)?)(?=[，。,.！!]|$)|就按(?:这个|这样|刚才)[^。？]{0,6}(?:来|"
        r"办|走|执行|做)"),
    Cue(Tells.SHIFT, 0.9,
        r"(?:下一?个|另一?个|第[二三四五六七八九十]个?|最后一?个?)(?:话题|问题|议题|议程|环节|部分|主题|板块|阶段|事)|换个话题|"
        r"\b(?:next|another|second|third|fourth|last|final) (?:item|topic|point|question|issue|thing|one)\b[^.?!]{0,20}"
        r"\b(?:is|on|agenda|list)\b|\bmov(?:e|ing) on\b|\bon to the (?:next|last)\b"),
    Cue(Tells.SHIFT, 0.6,
        r"接下来|下面(?:我们|请|是)|我们(?:再|就|来)?(?:进入|转到|回到)|那么?(?:我们|咱们)(?:再|就)?(?:来|接着)(?:看|聊|说|讨论|谈)|"
        r"\blet['’]s (?:turn|move|go on|switch|talk about|start with|get to)\b|\b(?:turning|coming) to (?:the|our)\b"),
    Cue(Tells.SHIFT, 0.4, r"(?:想|要)(?:再)?(?:请教|请问|问一?下|问问)"),
    Cue(Tells.PART, 0.8,
        rf"\bI(?:['’]m| am)(?: also| now| currently| \w+,)? (?:the|our|your|a|an)(?: [\w/&-]+){{0,4}}? "
        rf"{_TITLE}\b(?! of mine)"),
    Cue(Tells.PART, 0.75,
        r"\bI(?:['’]m| am)(?: also| now| currently| the one)? (?:in charge of|responsible for|heading|representing)\b|"
        r"\bmy (?:role|job|part) (?:here |in this(?: \w+)? )?(?:is|as)\b|"
        r"\bI (?:lead|head|manage|run|look after)(?: the| our)?(?: \w+){1,3} (?:team|side|department|group)\b"),
    Cue(Tells.PART, 0.8,
        r"我(?:就|也|这边|主要|目前|现在|一直)*是(?:咱们?|我们|公司|团队|项目|这边|这次)*(?:专门)?(?:负责|管|做)[^，。？!！的]{1,14}的(?=[，。,.、！!]|$)"),
    Cue(Tells.PART, 0.75,
        rf"我(?:就|也|这边|目前|现在)*(?:是|担任)(?!不是)[^，。？不没吗]{{0,10}}{_BERUF}(?=[，。,.、；!！]|$)|"
        r"我(?:这边|主要|目前|现在|一直|平时)+(?:就|是|在)*负责(?!人)|我是[^，。？]{1,8}[，,](?:我)?(?:主要|目前|现在)?负责"),
    Cue(Tells.OTHER, 0.9,
        rf"\b(?:last|previous|next|other|another|yesterday['’]s|tomorrow['’]s)(?: \w+)? {_MEETING}\b|"
        r"\bagenda (?:was|item)\b|\b(?:if|wish|suppose|imagine|pretend) I\b|\bI(?:['’]m| am) not\b"),
    Cue(Tells.OTHER, 0.9,
        r"(?:上次|上一?次|上周|下次|下周|明天|昨天)[^，。]{0,6}(?:会|议程|目的|讨论)|(?:如果|假如|要是)我|我(?:又)?不是|(?:以为|他说|她说|有人说)我"),
)
# fmt: on
