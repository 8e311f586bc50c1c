"""Cues of risks, Chinese and English."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

# fmt: off
CUES_RISK = (
    Cue(Role.THREAT, 0.7,
        r"(?:个|有|的|是|大|高|提示|一下)(?:一个|个)?(?:大)?风险(?![太大很]|评估|管理|控制|部)|高风险|风险(?:是|在于|"
        r"点|很大|比较大|挺大)|隐患|(?:我|有点|比较|最|就)(?:是)?(?:担心|怕)"),
    Cue(Role.THREAT, 0.55,
        r"来不及|赶不上|赶不及|(?:可能|恐怕|怕是|搞不好|弄不好|很可能)[^。！？?，,]{0,12}(?:延|拖|晚|断|崩|掉|丢|超|黄|"
        r"不够|不行|做不完|出问题|出事|失败|交不了|上不了)|(?:肯定|一定|铁定|迟早)[^。！？?，,]{0,6}(?:破|超|崩|出问题|"
        r"出事|交不了|延期)|上不了(?:架|线)|要(?:黄|重视)"),
    Cue(Role.THREAT, 0.7,
        r"\b(?:one|another|a|my|biggest|main|big|real) (?:big |real |main |small )?(?:worry|concern|risk)\b|"
        r"\bI(?:['’]m| am)(?: a bit| really| still)? (?:worried|concerned|nervous)\b|\bat risk\b|\b(?:high|"
        r"higher) risk\b|\b(?:risk|danger) (?:is|of|that|here)\b|\brisky\b|\b(?:what )?worries me\b"),
    Cue(Role.THREAT, 0.55,
        r"\b(?:might|may|could|will probably|probably won['’]t) (?:well |even |still |not )?(?:reject|slip|fail|miss|"
        r"break down|delay|be (?:late|delayed|rejected|blocked|tight)|run out|drop out|pull out|not (?:make|get|arrive|"
        r"finish))\b|\bwon['’]t (?:make it|be (?:ready|done) in time|arrive)\b|\bfall(?:ing)? behind\b|"
        r"\bnot (?:going to|gonna) (?:make it|be ready)\b|\btoo late for\b"),
    Cue(Role.TROUBLE, 0.5,
        r"不(?:太|是很|够)?稳(?!步)|越来越(?:慢|差|严重|高|多)|更严重|(?:又|老是|经常|总是|频繁|一直)(?:断|卡|挂|崩|"
        r"掉线|出错|失败|超时|报错)|断了[^。，,]{1,3}[次回]|卡(?:住|壳)|恶化|还在涨"),
    Cue(Role.TROUBLE, 0.5,
        r"(?:要|快|就|就要|号|初|底|中旬|月)到期|过期|deprecated|没人(?:接|做|管|负责)|缺(?:人|货)|延期|延误|有(?:点|"
        r"些) ?tight"),
    Cue(Role.TROUBLE, 0.5,
        r"\b(?:getting|gets|got) worse\b|\bunstable\b|\bflaky\b|\bkeeps? (?:failing|crashing|dropping|breaking|"
        r"slipping)\b|\b(?:is|are|was|were|running|coming|delivering|come|arriv\w+)(?: \w+){0,4} late\b|\bdelayed\b|"
        r"\b(?:behind|off) (?:schedule|track)\b|\bexpir(?:es?|ing)\b|\bpulled out\b|\b(?:not|isn['’]t) enough\b|"
        r"\bshort (?:of|on)\b"),
    Cue(Role.TROUBLE, 0.35,
        r"\bI['’]m afraid\b|\bunfortunately\b|\bbad news\b|\bstuck\b|\brun(?:ning)? out\b|\bcomplain\w*\b|\bproblem\b|"
        r"\btrouble\b|麻烦|悬(?=[。，,！!]|$)|糟糕|坏消息|不够(?:用|了)(?!吗)|会 ?crash|不妙"),
    Cue(Role.CALM, 0.85,
        r"(?:风险|隐患)[^。！？?]{0,6}(?:关|消|没了|解除|排除)|没(?:有|什么|啥)?(?:大)?(?:风险|隐患)|(?:一次|再)(?:都|"
        r"也)?没(?:有)?(?:再)?(?:断|崩|出|卡)|(?:不用|别|不必)(?:太)?(?:担心|怕)|解决了|搞定了|恢复了|修好了|\b(?:but|"
        r"但是?)[ ，,]*doable\b"),
    Cue(Role.CALM, 0.85,
        r"\bclose (?:that|this|the) risk\b|\bno (?:longer|more) (?:a )?(?:risk|problem|concern|worr\w+|late|stuck)\b|"
        r"\b(?:no|without|low|lower) risk\b|\b(?:is|are|got|been|all) (?:fixed|sorted|solved|resolved)\b|"
        r"\bdon['’]t worry\b|\bno worr(?:y|ies)\b|\b(?:not|isn['’]t|aren['’]t) (?:worried|a (?:problem|risk|concern)|"
        r"risky)\b|\bno problem\b|\bused to\b|\bI(?:['’]m| am) (?:running|a (?:bit|little)) late\b|\bnot (?:stuck|late|"
        r"delayed)\b"),
    Cue(Role.CALM, 0.6, r"[?？]\s*$|万一|\bwhat if\b"),
)
# fmt: on
