"""Further cues of commitments, Chinese and English: what others promised, what "you" will get, answers to "when"."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

_DEED_EN = (
    r"(?:send|deliver|pay|sign|ship|return|give|hand|bring|finish|fix|submit|file|write|draft|prepare|provide|issue|"
    r"complete|post|review|collect|pick up|install|print|publish|upload|test|repair|update|confirm|reply|get back|"
    r"translate|transfer|have (?:it|that|them|the))"
)
_DOING_EN = (
    r"(?:sending|delivering|paying|signing|shipping|returning|giving|handing|bringing|finishing|fixing|submitting|"
    r"filing|writing|drafting|preparing|collecting|picking up|installing|printing|publishing|uploading|testing|"
    r"repairing|updating|translating|transferring|taking over|covering)"
)
_DUE_ZH = (
    r"(?:今天|今晚|明天|明早|后天|大后天|下午|晚上|月底|月初|年底|(?:这|下|本)?(?:个)?(?:周|星期|"
    r"礼拜)[一二三四五六日天末]?|下个?月|"
    r"(?:\d{1,2}月)?\d{1,2}\s?[号日]|[一二三四五六七八九十]{1,3}[号日])(?:一早|中午|上午|下午|晚上|早上)?(?:之前|"
    r"以前|前|内|底)?"
)
_DEED_ZH = (
    r"(?:到货|发货|打款|付款|付清|交货|交付|交稿|交上来|交(?![流换通叉往易])|给(?!了)|寄出?|出(?:结果|报告|稿|片|"
    r"图|来)|回复|答复|发过?来?|送过?来?|装|"
    r"签字?|提交|merge|ready|deliver|上线|修好|弄完|做完|完成|递)"
)

# fmt: off
CUES_PROMISE = (
    Cue(Role.PROMISE, 0.55,
        r"\bI(?:['’]ll| will| shall)(?: just| also| then| try to| go and)? (?:chase|go through|make sure|"
        r"put together|"
        r"pick|follow up|sort|order|pay|sign|visit|meet with|let you (?:know|have)|get (?:back|it|that|them|you|"
        r"those)|do (?:it|that|so)|give you|rewrite|redo|print|clean|move|order|reply|answer|confirm|drop off|"
        r"speak with|translate|transcribe|collect|remind|set up|look (?:at|into)|see to|deal with|email|cover)\b"),
    Cue(Role.PROMISE, 0.55,
        r"\b(?:let me|I(?:['’]d better| should probably)) (?:check|find out|ask|get back|take care|look into|"
        r"follow up|"
        r"sort|handle|chase|confirm|ring|call|write|send|draft|talk to|speak to|dig)\b(?! you (?:a|something|this|"
        r"why|how|what))"),
    Cue(Role.PROMISE, 0.6,
        r"\byou(?:['’]ll| will) (?:have|get|receive|hear (?:back )?from me|find)\b[^.?!]{0,40}\b(?:by|on|before|"
        r"tomorrow|"
        r"tonight|today|next|this|until)\b|\bexpect [^.?!]{2,40} from me\b|\bmy job (?:for|this|is)\b|"
        r"\bI promise (?:the|to|you|that)\b|\b(?:that|this) one['’]s mine\b|^(?:\w+[,.]? )?on it[.!]?$|"
        r"\bI can do (?:that|it|this)\b|\bconsider it done\b"),
    Cue(Role.PROMISE, 0.5,
        rf"\bwe(?:['’]ll| will)(?: also| then)? (?:send|get) (?:you|it|them|the|back)\b|\bwe(?:['’]ll|"
        rf" will) {_DEED_EN}\b"
        r"[^.?!]{0,40}\bby\b"),
    Cue(Role.REDATE, 0.65,
        r"\bgive me (?:until|till|to)\b|\bI['’]d need (?:\w+ ){1,3}more (?:days?|weeks?)\b|\b(?:is|are|"
        r"it['’]s) (?:late|"
        r"delayed|pushed)\b[^.?!]{0,10},|\bneed (?:another|one more) (?:day|week)\b|肯定交不了|给我到|得往后|"
        r"往后挪|延[一两三几]天"),
    Cue(Role.TOLD, 0.45,
        rf"\b(?!(?:it|that|this|who|what|there|you|I|we|which)\b)[\w'’-]{{1,30}}(?:['’]ll| will|(?:['’]s| is|"
        rf" are) (?:going to|"
        rf"gonna)|(?:['’]s| is| are|['’]re) (?:due|supposed) to) (?:also |then |just )?{_DEED_EN}\b"),
    Cue(Role.TOLD, 0.45,
        rf"\b(?!(?:it|that|this|who|what|there|I|I['’]m|you|we)\b)[\w-]{{1,30}}(?:['’]s|['’]re| is|"
        rf" are) {_DOING_EN}\b"),
    Cue(Role.TOLD, 0.45,
        r"\b(?:has|have|they|he|she)?(?:['’]ve|['’]s)? ?promised?\b|\b(?:they|he|she)(?:['’]re|['’]s| are|"
        r" is)? (?:say|says|"
        r"said|saying) (?!no|yes)|\b(?:are|is) (?:due|coming|expected) (?:from|by|on)\b"),
    Cue(Role.TOLD, 0.45,
        rf"{_DUE_ZH}(?:就|能|会|可以|一定|争取|保证|[^，,。！？?我你]{{0,2}}把[^，,。！？?]{{1,12}})?{_DEED_ZH}"),
    Cue(Role.TOLD, 0.4, rf"(?:答应|承诺|保证|说好|说了?)[^，,。！？?]{{0,4}}{_DUE_ZH}"),
    Cue(Role.PROMISE, 0.5,
        rf"{_DUE_ZH}(?:就|我|能|再)?(?:给|发|回|答复|交)(?:你|您|大家|各位|他们|给你|给您)|(?:回头|待会儿?|等会儿?|"
        rf"会后|马上|一会儿?|到时候?|尽快)我?"
        r"(?:就)?(?:给|发|回|提醒|转|推|拉|同步给?)(?:你|您|大家|各位|个群|群里)"),
    Cue(Role.PROMISE, 0.55,
        r"我(?:去|来)(?:沟通|协调|说|谈|催|找|问|办|对接|核实|确认|跟|盯|修|订|拿|取|要|申请|争取|安排|解决|处理|"
        r"联系|约)(?!两句|说|一?下?我|过|了一)|"
        r"我再去|我(?:找人|叫人|让人|派人)[^，,。！？?]{0,6}(?:修|做|弄|写|查|送)|我(?:这边|"
        r"们这边)[^，,。！？?]{0,12}(?:整理|寄|发|交|出|给|完成|准备|做)|"
        r"(?:我|这)?(?:记着呢|记下了|放心吧?)[，,][^。！？?]{0,8}(?:付|交|给|发|办|写)"),
    Cue(Role.PROMISE, 0.5,
        rf"我(?:争取|尽量|保证|打算|准备)?(?:在)?{_DUE_ZH}[^，,。！？?]{{0,4}}(?:把[^，,。！？?]{{1,14}}|"
        rf"去趟?[^，,。！？?]{{1,8}}|给[^，,。！？?]{{1,6}}|"
        r"搭|弄|打|约|implement|merge|own|monitor|follow)"),
    Cue(Role.PROMISE, 0.5,
        r"(?:等会儿?|待会儿?|回头|会后|到时候?|一会儿?|马上|今晚|这两天|尽快)我(?:就|再|来|去)?(?!们|说|讲|"
        r"给大家(?:介绍|讲|看|说))(?:把)?[^，,。！？?]{0,8}"
        r"(?:发|拉|整理|提醒|写|弄|改|问|查|打|约|补|传|转|同步)|我(?:这两天|尽快|今晚|今天晚上|下午|晚上|等会儿?|"
        r"马上)[^，,。！？?]{0,8}(?:弄|搭|发|给|写|改|做|"
        r"整理|约|打|出|寄|交)"),
    Cue(Role.PROMISE, 0.5,
        r"(?:^|[，,。…])(?:行吧?[，,])?我 ?(?:monitor|follow(?: up)?|own|cover|merge|implement|check|update|sync|"
        r"handle)|"
        r"我(?:也)?(?:往后|往前)挪"),
    Cue(Role.ASK, 0.45,
        r"你(?:先|再|去|来|也|得|要|今天|明天)?把[^，,。！？?]{1,14}(?:过|看|改|写|发|弄|整理|交|补|做|查|核|给)|"
        r"你[^，,。！？?]{0,6}记得[^，,。！？?]{1,8}"
        r"|(?:得|要|需要)有?人(?:去|来)?(?:修|做|写|弄|查|跑|盯|谈|联系)|谁(?:来|去)?(?:催|订|修|查|联系|跟进|问|"
        r"整理|准备|弄|发|买|cover)|"
        r"^你(?:写|做|发|改|弄|查|own|来)(?=[，,。]|$)|(?:麻烦|辛苦|劳驾|拜托)(?:你|您|[\u4e00-\u9fff]{2,3})"),
    Cue(Role.ASK, 0.45,
        r"\bneeds? to (?:be )?(?:talk|call|ring|fix|check|book|send|write|sort)|\b(?:somebody|someone) (?:has to|"
        r"should|"
        r"needs to|must|ought to)\b|\byou (?:draft|write|send|call|ring|book|check|take|handle|prepare|"
        r"fix)\b[^?]{3,60}|"
        r"\bI need (?:it|that|them|this|the \w+) (?:by|before|on)\b|\b(?:can|could|would|"
        r"will) you (?:please )?(?:look|"
        r"chase|order|pay|sort|remind|translate|sign|follow)\b|\bwho(?:['’]s| is) (?:writing|doing|booking|calling|"
        r"taking|"
        r"sending|ringing|handling|fixing|ordering|coding|paying|driving|bringing|going to)\b"),
    Cue(Role.WHEN, 0.6,
        r"\bwhen (?:do|will|can|could|are|is|would|does|might)\b[^.]{0,60}\b(?:get|have|see|send|sent|deliver\w*|"
        r"ready|"
        r"done|finish\w*|arriv\w*|expect|receive|submit\w*|back|in)\b|\b(?:can|could|will) (?:we|I|you) (?:get|"
        r"have|see|"
        r"send|do|finish)\b[^.]{0,40}\bby\b|\bby when\b|\bhow soon\b"),
    Cue(Role.WHEN, 0.6,
        r"(?:什么时候|啥时候|哪天|几号|多久|何时)[^。！]{0,8}(?:给|交|出|发|好|完|行|到|寄|付|弄|ready|deliver|"
        r"merge|上)|(?:给|交|出|发|弄|做|寄)[^。！，,]{0,6}"
        rf"(?:什么时候|几号|哪天)|{_DUE_ZH}[^。！，,才]{{0,3}}(?:能|可以)[^。！，,]{{0,6}}(?:给|交|出|发|好|完|看)"),
    Cue(Role.TOLD, 0.45, rf"\b(?:is|are|['’]s) coming to {_DEED_EN}\b"),
    Cue(Role.ASK, 0.45,
        r"^(?!let|so|well|okay|right|yes|no)\w{2,15}, (?:please )?(?:find out|ask|get|call|check|send|book|write|"
        r"draft|look|"
        r"put|ring|make sure|remind|order|talk)\b|你(?:来|去|再)?(?:补|改|写|发|弄|整理|查|问|订|催|跟|做|盯)一下"),
    Cue(Role.PROMISE, 0.55,
        r"我(?:抽空|有空|抽时间)(?:就|再|去|把)?[^，,。！？?]{1,10}|我(?:今天|今晚|明天|下午|这周|本周|周末)(?:就|"
        r"再|来|去)?(?:修|带|跑|印|寄|搬|装|剪|画|配|录|"
        r"翻译|拍|测)|下次会?我(?:带|讲|准备|出)"),
    Cue(Role.IDLE, 0.85,
        r"\b(?:be honest|say one thing|never|as always|every (?:mon|tues|wednes|thurs|fri)?(?:day|week)?\b|"
        r"I thought you|go first|see you|share my screen)\b|\bI would always\b"),
    Cue(Role.IDLE, 0.85,
        r"我去[，,]|去年|每(?:天|周|个?月|次)|本来|我要是|我没|写不了|我跟你说|我发现|我发觉|讲个|"
        r"说了[一二三四五六七八九十两几]次|出差|放假|生日|关上|"
        r"我做了|我[查问]过|等我一下"),
)
# fmt: on
