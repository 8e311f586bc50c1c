"""Cues of risks, Chinese and English."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

# fmt: off
CUES_RISK = (
    Cue(Role.THREAT, 0.7,
        r"(?:个|有|的|是|大|高|提示|一下)(?:一个|个)?(?:大)?风险(?![太大很]|评估|管理|控制|部)|高风险|风险(?:是|在于|"
        r"点|很大|比较大|挺大)|隐患|(?:我|有点|比较|最|就)(?:是)?(?:担心|怕)"),
    Cue(Role.THREAT, 0.55,
        r"来不及|赶不上|赶不及|(?:可能|恐怕|怕是|搞不好|弄不好|很可能)[^。！？?，,]{0,12}(?:延|拖|晚|断|崩|掉|丢|"
        r"超|黄|"
        r"不够|不行|做不完|出问题|出事|失败|交不了|上不了)|(?:肯定|一定|铁定|迟早)[^。！？?，,]{0,6}(?:破|超|崩|"
        r"出问题|"
        r"出事|交不了|延期)|上不了(?:架|线)|要(?:黄|重视)"),
    Cue(Role.THREAT, 0.7,
        r"\b(?:one|another|a|my|biggest|main|big|real) (?:big |real |main |small )?(?:worry|concern|risk)\b|"
        r"\bI(?:['’]m| am)(?: a bit| really| still)? (?:worried|concerned|nervous)\b|\bat risk\b|\b(?:high|"
        r"higher) risk\b|\b(?:risk|danger) (?:is|of|that|here)\b|\brisky\b|\b(?:what )?worries me\b"),
    Cue(Role.THREAT, 0.55,
        r"\b(?:might|may|could|will probably|probably won['’]t) (?:well |even |still |not )?(?:reject|slip|fail|miss|"
        r"break down|delay|be (?:late|delayed|rejected|blocked|tight)|run out|drop out|pull out|not (?:make|get|"
        r"arrive|"
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
        r"\bI['’]m afraid\b|\bunfortunately\b|\bbad news\b|\bstuck\b|\brun(?:ning)? out\b|\bcomplain\w*\b|"
        r"\bproblem\b|"
        r"\btrouble\b|麻烦|悬(?=[。，,！!]|$)|糟糕|坏消息|不够(?:用|了)(?!吗)|会 ?crash|不妙"),
    Cue(Role.THREAT, 0.6,
        r"\b(?:my|the|our|one) (?:fear|danger|worry|concern|nightmare|catch|snag)\b|\b(?:scares|frightens|bothers|"
        r"concerns) me\b|"
        r"\bnot (?:comfortable|happy|confident|convinced) (?:with|about|that)\b|\bgood chance\b|\b(?:cutting|"
        r"running) (?:it|"
        r"this) (?:\w+ )?(?:fine|close|tight)\b|\b(?:it['’]s|going to be|gonna be|that['’]s|is|looks) (?:very |"
        r"really |a bit |"
        r"pretty |quite )?(?:tight|dicey|touch and go)\b|\bno (?:plan b|backup|fallback|buffer|slack|spare)\b|"
        r"\b(?:we|I) don['’]t (?:think|believe) (?:we|they|it)['’]?(?:ll| will| can)? (?:make|get|be ready|finish|"
        r"manage)\b|"
        r"\bI don['’]t (?:see|think) (?:us|we)(?:['’]ll)? mak\w+\b|\bsingle point\b|\bat stake\b"),
    Cue(Role.THREAT, 0.55,
        r"\b(?:might|may|could|would|will|can) (?:well |even |still |not |probably )?(?:lose|slip|fail|wipe|break|"
        r"crash|"
        r"leave|quit|walk|sue|expire|collapse|burn|leak|overrun|cost us|fall (?:through|apart|behind)|get (?:stuck|"
        r"rejected|blocked)|go (?:bankrupt|wrong|under|bust)|kill|hurt|testify|pass|come through)\b(?! you| it to)|"
        r"\b(?:walks?|walked) away\b|\bpulls? out\b|\bturns? (?:him|her|us|them|it) down\b|\bgo(?:es|"
        r"ing)? (?:bankrupt|bust|"
        r"under)\b"),
    Cue(Role.THREAT, 0.6,
        r"\bif\b[^.?!]{1,50}\b(?:we(?:['’]re| are) (?:in trouble|stuck|screwed|dead|toast|finished|lost)|"
        r"we (?:miss|lose)|nobody|"
        r"no one|too late|falls? apart|(?:it|everything|that)['’]?s (?:over|gone|all gone))\b|\b(?:depends?|hangs|"
        r"relies|"
        r"rests|rely) (?:entirely |all |completely )?on (?:one|a single|him|her|them|just)\b|\b(?:only|"
        r"sole) (?:person|one|"
        r"people|supplier|copy|machine)\b[^.?!]{0,30}\b(?:leave|holiday|sick|gone|away|out|left)\b"),
    Cue(Role.TROUBLE, 0.55,
        r"\b(?:don['’]t|doesn['’]t|won['’]t|didn['’]t|never|not) (?:even )?(?:ring|call|write|answer|reply|respond|"
        r"come|pick) "
        r"?(?:back|up|ing)?\b(?! me)|\b(?:no|without a?) (?:reply|answer|response|word|news) (?:from|for|since)\b|"
        r"\bgone (?:quiet|"
        r"silent|dark)\b|\bghost(?:ed|ing)\b|\bhanded in (?:their|his|her) notice\b|\b(?:is|are|was) (?:leaving|"
        r"wavering|resigning|"
        r"overheating|leaking|failing|slipping)\b|\b(?:roof|pipe|pump|tank|valve) leaks\b|\brun(?:s|ning)? (?:out|"
        r"low)\b|"
        r"\bwell behind\b|\bhaven['’]t (?:come|shown|turned) (?:back|up)\b|\b(?:pulled|dropped|backed) out\b|"
        r"\bdoesn['’]t cut it\b|\b(?:keeps?|kept) (?:\w+ing)\b[^.?!]{0,20}\b(?:down|off|away|"
        r"late)\b"),
    Cue(Role.THREAT, 0.6,
        r"(?:^|[，,。我就也真最])怕(?!辣|冷|热|是|什么|啥)[^，,。！？?]{2}|担心(?!什么|过)[^，,。！？?]{2}|"
        r"万一[^，,。呢?？]{2}|悬(?=[。，,！!啊吧了的]|$)|"
        r"(?:可能|搞不好|弄不好|保不齐|说不定)[^，,。！？?]{0,10}(?:不(?:出|来|签|续|批|干|够|过|行|到)|拒|走人|退|"
        r"撤|泄|漏|赔|罚|失常|失败|黄|延|拖)|"
        r"不一定[^，,。！？?]{0,4}(?:过|行|来|批|能|赶|够|签)|(?:要|快|会)(?:凉|黄|崩|垮|断供|出事|穿帮)|(?:会|"
        r"就)(?:丢|全没|没了|炸|返工|白做|断|瘫|超支|违约)|"
        r"危险(?=[，,。]|$)|撑不住|顶不住|扛不住|兜不住|来不及(?!了吗)"),
    Cue(Role.THREAT, 0.6,
        r"(?:全|都|只)(?:指着|靠着?|依赖)[^，,。！？?]{1,8}(?:一[家个台人]|他|她)|(?:只有|"
        r"就)(?:一[个家台份人](?:备份|人|供应商|机器)|[^，,。！？?]{1,6}(?:会|能|懂|有权))|"
        r"能[^，,。！？?]{1,8}的?(?:只有|就)[^，,。！？?]{1,8}|一旦[^。！？?]{1,20}(?:就|得|都|全)|"
        r"没(?:有)?(?:备份|备选|后路|退路|plan ?b|预案|余量)|(?:不[^，,。！？?]{1,4}|再不"
        r"[^，,。！？?]{1,6}|再这么[^，,。！？?]{1,6})[，,](?:就(?:会|得|要)|会|肯定|预算|时间)"),
    Cue(Role.TROUBLE, 0.55,
        r"卡在(?! ?\d)[^，,。！？?]{1,10}|动不了|推不动|一直(?:不接|不回|没回|拖着|没动静|联系不上|降不下来|"
        r"没消息)|联系不上|(?:[两三四五六七八九十几\d]+[个]?(?:周|天|月))没(?:有)?(?:回|"
        r"消息|动静|人)|(?:老是|总是|老|总|又)(?:坏|断|崩|掉|延|拖|失败|出错|卡|死机)|(?:时间|工期|人手|进度|"
        r"日程)(?:太|很|有点|特别|非常)(?:紧|少|赶|慢)|快(?:用完|没|花完|到期|"
        r"断)了|烧完|发烫|漏水|漏电|过热|动摇|(?:提|要)(?:了)?(?:离职|辞职|走人)|离职|(?:招|找|进度|招募|销售|"
        r"推进)[^，,。！？?]{0,3}(?:太|很)慢|才(?:招|收|做|完成|签)[到了]"
        r"[^，,。！？?]{0,8}|不太?(?:靠谱|稳定)|放(?:了)?[^，,。！？?]{0,4}鸽子|挖(?:我们|走|墙角)|没人(?:会|懂|"
        r"能)|找不[着到]人"),
    Cue(Role.THREAT, 0.6,
        r"\b(?:real|big|good|high) (?:chance|danger|possibility)\b|\b(?:be|get|getting) sued\b|"
        r"\bthat['’]s a (?:big |real |"
        r"serious )?problem\b|\bnobody (?:on|in|here|else)\b[^.?!]{0,25}\b(?:has|knows|can|understands)\b|"
        r"\bif\b[^.?!]{1,50}\b(?:won['’]t|can['’]t|cannot)\b|\bpeels? off\b"),
    Cue(Role.TROUBLE, 0.55,
        r"\b(?:hasn['’]t|haven['’]t) (?:run|worked|arrived|been (?:paid|signed|tested|backed up))\b|(?:一|两|三|几|"
        r"\d+)"
        r"(?:个)?(?:周|天|月|星期)(?:都)?没(?!事|问题)|脱落|开裂|变形|渗漏|短路|失效|停产|停线|没底|投诉(?!率|量|"
        r"数)|只有(?:他|她|我)[^，,。]{0,6}"
        r"(?:懂|会|能)"),
    Cue(Role.THREAT, 0.6,
        r"(?:是个|这是)?大问题|(?:要是|如果|假如)[^，,。！？?]{0,8}(?:不|没|晚|断|拖|停|出事|"
        r"走)[^，,。！？?]{0,6}[，,][^，,。！？?]{0,6}(?:就没|就不|得停|"
        r"停|完|会|没法|没有|赶不|肯定)"),
    Cue(Role.CALM, 0.85,
        r"(?:风险|隐患)[^。！？?]{0,6}(?:关|消|没了|解除|排除)|没(?:有|什么|啥)?(?:大)?(?:风险|隐患)|(?:一次|"
        r"再)(?:都|"
        r"也)?没(?:有)?(?:再)?(?:断|崩|出|卡)|(?:不用|别|不必)(?:太)?(?:担心|怕)|解决了|搞定了|恢复了|修好了|"
        r"\b(?:but|"
        r"但是?)[ ，,]*doable\b"),
    Cue(Role.CALM, 0.85,
        r"\bclose (?:that|this|the) risk\b|\bno (?:longer|more) (?:a )?(?:risk|problem|concern|worr\w+|late|stuck)\b|"
        r"\b(?:no|without|low|lower) risk\b|\b(?:is|are|got|been|all) (?:fixed|sorted|solved|resolved)\b|"
        r"\bdon['’]t worry\b|\bno worr(?:y|ies)\b|\b(?:not|isn['’]t|aren['’]t) (?:worried|a (?:problem|risk|concern)|"
        r"risky)\b|\bno problem\b|\bused to\b|\bI(?:['’]m| am) (?:running|a (?:bit|little)) late\b|\bnot (?:stuck|"
        r"late|"
        r"delayed)\b"),
    Cue(Role.CALM, 0.6, r"[?？]\s*$|万一(?=[，,。呢?？]|$)|万一[^。]{0,20}(?:怎么|哪|谁|啥|什么|多少)|\bwhat if\b"),
    Cue(Role.CALM, 0.9,
        r"\brisk (?:is|has) (?:gone|over|passed|closed)\b|\bI was (?:worried|afraid|nervous)\b|现在没事|"
        r"(?:我)?怕(?:辣|冷|热|黑|狗|高|胖|痒|吵)|别怕|"
        r"来得及|不会出问题|差点|去年[^，,。]{0,6}倒闭"),
)
# fmt: on
