"""Cues of open questions and of disagreements, Chinese and English."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

# fmt: off
CUES_OPEN = (
    Cue(Role.UNSETTLED, 0.7,
        r"不(?:太)?(?:知道|清楚|确定)(?!吗)|没(?:有)?(?:想好|商量好|谈拢|统一|结论|定论|定(?:下来|呢|"
        r"好)?(?=[，,。；;！!]|$))|(?:还|暂时|现在)没定|定不了|未定|待定|待议|再议|先不定|不好说|说不准|说不好|"
        r"拿不准"),
    Cue(Role.UNSETTLED, 0.6,
        r"(?:先)?(?:挂着|放着|放一放|记着|搁着|留着)|以后再(?:说|看|定|议)|(?:下次|下周|下个月|回头|到时候?|"
        r"[一二三四五六七八九十\d]+月)再(?:说|看|定|议|讨论|聊|revisit)|再(?:想想|看看|看吧|说吧|说。|讨论|商量)"),
    Cue(Role.UNSETTLED, 0.5,
        r"得(?:先)?(?:问|查|看|等)|(?:去|再|回去)(?:问问|问一下|核实|查查|查一下)|(?:^|[，,。])(?:还在)?等(?!一下|等|"
        r"会)[^，,。再来]{1,8}(?=[，,。]|$)|我去问(?!过|了)"),
    Cue(Role.UNSETTLED, 0.5, r"^(?:还没(?:有)?|没有|还在(?:吵|争|讨论|纠结|看|查|等))(?=[，,。]|$)"),
    Cue(Role.UNSETTLED, 0.7,
        r"\b(?:I|we)(?: really| honestly| still)? (?:don['’]t|do not) know(?: yet)?(?=[.,;!?]|$)|"
        r"\b(?:I )?dunno(?=[.,;!?]|$)|\bno (?:idea|clue)\b|\bnot sure(?: yet)?(?=[.,;!?]|$)|\bnobody knows\b|"
        r"\bstill (?:open|nobody|unclear|undecided)\b|\b(?:un|not (?:yet )?)decided\b|\bhaven['’]t (?:decided|agreed|"
        r"settled|worked (?:that|it) out)\b|\btb[dc]\b"),
    Cue(Role.UNSETTLED, 0.65,
        r"\bpark (?:it|that|this)\b|\bleave (?:it|that|this) (?:open|for (?:now|next time|another))|\b(?:come|"
        r"get) back to (?:it|that|this)\b|\b(?:re)?visit (?:it|that|this) (?:next|later|again)\b|\bnot (?:going to|"
        r"gonna) (?:fix|settle|solve|resolve|decide) (?:that|this|it)\b|\b(?:we['’]ll|let['’]s)(?: just)? (?:see how|"
        r"wait and see|work (?:it|that) out)\b|\bworry about (?:it|that) later\b|\bdecide (?:that |it |"
        r"this )?(?:later|"
        r"next (?:time|week|month))\b|\bup in the air\b"),
    Cue(Role.UNSETTLED, 0.55,
        r"\b(?:I['’]d|I|we|we['’]d|I['’]ll|we['’]ll)(?: would| will)?(?: have to| need to| should)? (?:ask|"
        r"check(?: with)?|find out|look into (?:it|that))\b(?! you)|\blet['’]s ask\b|\bwait for\b|\bwaiting (?:for|"
        r"on)\b"),
    Cue(Role.UNSETTLED, 0.85,
        r"\bto be (?:confirmed|decided|determined|agreed|announced)\b|\btb[dc]\b|\bup in the air\b|"
        r"\bremains? to be seen\b|"
        r"\b(?:an?|still an?) open (?:question|issue|point)\b|\b(?:is|are|it['’]s|that['’]s) (?:still |"
        r"all )?(?:very |"
        r"quite )?(?:unclear|undecided|open(?: to debate)?)(?=[.,;!]|$| (?:who|what|whether|how|when))|"
        r"\b(?:have|has) yet to (?:decide|agree|hear|settle|find)\b|\b(?:we|they|I)(?: still)? (?:haven['’]t|"
        r"have not)"
        r"(?: yet)? (?:worked out|decided|agreed|settled|figured out|established|found out) (?!yet|anything|"
        r"to disagree)\w|\bleave open\b|"
        r"\b(?:still )?(?:need|have) to (?:find out|work out|figure out|establish)\b"),
    Cue(Role.UNSETTLED, 0.85,
        r"\b(?:(?:I|we|they)(?: really| honestly| still| just)? (?:(?:don['’]t|do not) know|(?:can['’]t|"
        r"couldn['’]t) (?:say|"
        r"tell(?: you)?))|(?:nobody|no one) (?:knows|(?:can|could) (?:say|tell(?: me| you| us)?)))(?: yet)? (?:who|"
        r"whether|which|when|why|what|if|how (?:long|many|"
        r"much))\b(?! happened| a | to thank)|\bwhat we don['’]t know\b"),
    Cue(Role.UNSETTLED, 0.7,
        r"\b(?:let me|I(?:['’]ll| will)|we(?:['’]ll| will)|I['’]d have to|we['’]d have to) (?:find out|"
        r"look (?:that|it|into "
        r"(?:that|it)) ?(?:up)?|look (?:that|it) up|check|ask|dig)\b|\bhard to (?:say|tell)\b|\b(?:couldn['’]t|"
        r"can['’]t) (?:say|tell)"
        r"(?=[.,;!]|$)|\b(?:hasn['’]t|haven['’]t)(?: yet)? (?:said|decided|replied|answered|told us|confirmed|"
        r"come back|"
        r"heard)\b|\bstill (?:looking into|checking|waiting|working on|investigating|debating|arguing)\b|"
        r"\bnobody (?:has|"
        r"could|can|really)\b|\bdiscuss (?:it|that|this) (?:next|later|another)\b|\bthat['’]s one for\b|"
        r"\bwe need the "
        r"\w+ for that\b|\bdepends on what\b|\bgood question\b[^?]{0,20}$|\bnobody knows\b|\bnot sure[,.]"),
    Cue(Role.UNSETTLED, 0.85,
        r"待定|待确认|没(?:有)?(?:着落|定论|下文|说法|眉目)|(?:谁|没人)(?:也|都)?(?:说不清|说不好|不知道|"
        r"知道)(?!吗)|没(?:有)?查(?:出来|清楚|到原因)|"
        r"还(?:是)?(?:个|一个)?(?:问号|未知数|谜|悬而未决)"),
    Cue(Role.UNSETTLED, 0.7,
        r"没(?:有)?(?:给|收到)?(?:结论|准信|回复|答复|准话|消息)|还没(?:有)?(?:回(?:复|话|信|音)|答复|想好|定|"
        r"商量|谈妥|确定|表态|批|说)|没人(?:认|接|拍板)"),
    Cue(Role.UNSETTLED, 0.7,
        r"得(?:先)?(?:问|查|看|等|看看)|要?(?:等|看)[^，,。！？?]{1,10}(?:通知|结果|出来|情况|回复|消息|再(?:定|"
        r"说))|(?:还在|正在)(?:查|等|扯皮|吵|研究|讨论|排查|谈)|"
        r"我(?:找|跟|去|再|回去)[^，,。！？?]{0,6}(?:确认|查一?下?|问一?下?|核实|打听)|文档里没(?:有)?写|"
        r"官网没(?:有)?写|没(?:有)?松口|(?:再|回头|以后|下次)(?:商量|讨论|"
        r"研究|议)|(?:放一放|再说吧?)|没(?:有)?说(?=[，,。]|$)"),
    Cue(Role.CHOICE, 0.5,
        r"谁[^，,。！？?]{1,8}|几[轮次个号天把]|多少|([\u4e00-\u9fff])[不没]\1|(?:有没有|能不能|是不是|会不会|"
        r"行不行|可不可以)|什么时候|为什么|有没有|"
        r"[^，,。]{1,8}还是[^，,。]{1,8}|怎么"),
    Cue(Role.CHOICE, 0.5,
        r"\b(?:who|which|why|how (?:long|many|much|to)|when|where|what) (?!a\b|happened\b)\w+ \w+|\bif (?:the|they|"
        r"we|it|he|she)\b|"
        r"\bbetween (?:the )?\w+ (?:\w+|and)\b"),
    Cue(Role.ERRAND, 0.9,
        r"\bhow (?:was|were|is|are) (?:your|the) (?:weekend|holiday|trip|day|evening|flight)\b|你先|咱们开始|"
        r"吃了(?:没|吗)|几点了|周末"),
    Cue(Role.UNSETTLED, 0.7,
        r"\b(?:not|\w+n['’]t)\b[^.?!]{0,30}\byet\b|\b(?:haven['’]t|hasn['’]t) (?:tested|tried|asked|checked|"
        r"measured|looked|"
        r"thought)\b|\bwon['’]t say\b|\bnot that I know\b|\bdouble-check\b|\bno word\b|\bwe(?:['’]ll| will) see\b|"
        r"\bhave to check\b|到时候(?:再)?看|没听说|还没(?:有)?(?:听说|测|试|问|谈)|我?得(?:先)?去?(?:问|查|确认|"
        r"核实)"),
    Cue(Role.UNSETTLED, 0.85,
        r"\b(?:is|it['’]s) ?(?:n['’]t| not) (?:yet )?clear (?:who|what|whether|how|when|why|if|which)\b|"
        r"\bno (?:idea|clue) (?:who|what|whether|how|when|why|which)\b(?! to thank)|\bwhether [^.?!]{3,60}\bhave to "
        r"check\b|没(?:有)?(?:达成|形成)(?:一致|共识)|(?:意见|口径|说法)(?:还)?不(?:统一|一致)|还不(?:确定|清楚|"
        r"知道|明确)"),
    Cue(Role.QUERY, 0.35,
        r"(?:要不要|该不该|用不用|需不需要|是不是|是否|能不能|可不可以|到底|究竟|多久|多少|哪[个家些儿里种]?|谁|怎么|"
        r"什么|还是)"),
    Cue(Role.QUERY, 0.35,
        r"\b(?:do|should|shall|does|will|can|could|would|is|are|have|has) (?:we|it|they|that|this|the|there|anyone|"
        r"anybody)\b|\b(?:who|which|what|how|where|when|whether|why)(?:['’]s)?\b"),
    Cue(Role.QUERY, 0.4,
        r"(?:有(?:一)?个|还有个|想问个?|提个)(?:小)?(?:问题|疑问)|^(?:(?:and|so|one|another|quick|a|"
        r"my)[, ]+)*question\b|\bI (?:have|had|['’]ve got) (?:a|another|one) question\b|\bopen question\b|"
        r"\bI (?:was )?wonder"),
    Cue(Role.CHOICE, 0.5,
        r"要不要|该不该|用不用|是否|到底|究竟|哪[个家儿里种]|谁(?:来)?|多久|走[^。，,]{1,8}还是|"
        r"[^。，,老样]{2,8}还是[^。，,老样]{2,8}[，,]|也可能|怎么(?:办|弄|定)|([\u4e00-\u9fff])不\1"),
    Cue(Role.CHOICE, 0.5,
        r"\bwhether\b|\bwhich (?:one|of|\w+) (?:to|we|should)\b|\bwho (?:to|should|will|does|is going)\b|\b(?:what|"
        r"how|"
        r"where|when) to\b|\b(?:either|or) (?:not|the other)\b|\bopen (?:question|issue|point)\b|\bquestion (?:is|of|"
        r"about)\b"),
    Cue(Role.VIEW, 0.5,
        r"我(?:还是|仍然|一直)?(?:觉得|认为|坚持|主张|建议|倾向|希望|更?想|那句话)|必须|我要|我反对|不(?:太)?同意|"
        r"反对|"
        r"my vote"),
    Cue(Role.VIEW, 0.5,
        r"\bI(?: still| really| also|['’]d)?(?: would)? (?:want|think|prefer|vote|insist|suggest|propose|recommend|"
        r"believe|rather|like|feel)\b|\b(?:should|must|has to|needs to)\b|\bmy vote\b|\bI(?:['’]m| am) (?:against|"
        r"for|"
        r"in favou?r)\b|\blet (?:people|them|it)\b"),
    Cue(Role.OPPOSE, 0.5,
        r"^(?:[嗯呃啊]+[，,])?(?:可是|但是?|不过)|^(?:(?:well|yeah|hm+|um|uh)[, ]+)*(?:but|however)\b"),
    Cue(Role.ERRAND, 0.8,
        r"(?:能不能|可不可以|麻烦|请)[^。！？?]{0,6}(?:你|谁|您|帮|接)|(?:你|您)(?:能|可以)|谁(?:来)?(?:先|接|帮|"
        r"cover|"
        r"顶)|先来[？?]|呢[？?]$|有(?:消息|进展|结果|更新)(?:了)?(?:吗|没)|(?:听得见|听得到|看得见|看得到|齐了?|回来|"
        r"写完|做完|打了|发了|看了|交了|好了?)(?:了)?(?:吗|没|没有)[？?]"),
    Cue(Role.ERRAND, 0.8,
        r"\b(?:can|could|will|would) (?:you|someone|somebody|anyone|anybody)\b|\b(?:can|could|may|shall) I\b|"
        r"\bhow are you\b|\b(?:anything|something|anyone|anybody|who) (?:else|first|next|wants)\b|\bwhere (?:are|"
        r"were) (?:we|you)\b|\b(?:next|first|last) item\b|\b(?:right|okay|ok|yeah|huh|correct)\?$|\b(?:is|"
        r"are) (?:everyone|everybody|it recording|we all)\b|\bcan everyone\b"),
)
# fmt: on
