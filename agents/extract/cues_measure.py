"""Cues of measured values, Chinese and English."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

# fmt: off
CUES_MEASURE = (
    Cue(Role.QUANTITY, 0.45,
        r"率(?![先领])|延迟|时延|耗时|积压|峰值|吞吐|并发|流失|留存|转化|工单|故障|报错|失败数|日活|月活|销量|销售额|"
        r"营收|收入|成本|库存|报名|用户数|人数|访问量|点击|下载量|响应时间|得分|评分|平均分|均分|成绩|总分|满意度|"
        r"占比|"
        r"缺陷|样本"),
    Cue(Role.QUANTITY, 0.45,
        r"\b(?:rate|ratio|latency|retention|conversion|churn|uptime|availability|throughput|backlog|bugs?|tickets?|"
        r"defects?|incidents?|errors?|crash\w*|sessions?|cold start|start[- ]?up|load time|response time|revenue|"
        r"turnover|sales|costs?|spend|burn|dropout|accuracy|precision|recall|coverage|score|average|users|sign-?ups|"
        r"signed up|subscribers|downloads|visits|clicks?|click|deliveries|p\d\d|nps|dau|mau|qps|rps|yield|"
        r"temperature|"
        r"weight|battery life|usage)\b"),
    Cue(Role.QUANTITY, 0.45,
        r"时长|容量|温度|血压|收缩压|舒张压|心率|血糖|体重|体温|噪音|功耗|功率|电压|续航|分贝|分数|托福|雅思|入组|"
        r"访谈量|咨询量|通话|完播|在线|观看|客单价?|毛利|"
        r"利润|净利|佣金收入|业绩|签约|成交|到场|出勤|案件|在办|排队|候诊|床位|投诉|退货|退费|良品|产能|产量|进度|"
        r"评价|均价|人次|线索|商机|粉丝|阅读量|播放|首响|在库|"
        r"加载|启动|构建|内存|CPU|带宽|token|请求|样机|回收"),
    Cue(Role.QUANTITY, 0.45,
        r"\b(?:waiting list|attendance|attended|agreement|satisfaction|occupancy|noise|headcount|patients|enrol\w*|"
        r"recruit\w*|"
        r"families|households|participants|interview(?:s|ed)?|teachers|students|customers|members|leads|orders|stock|"
        r"inventory|margin|profit|income|volume|speed|memory|cpu|bandwidth|power draw|voltage|current draw|"
        r"pressure|heart "
        r"rate|blood \w+|dose|mortality|power|cases|calls|views|followers|complaints|returns|refunds|"
        r"build(?: time)?|scored|"
        r"signed up|prototype|units|samples|boards|readings|percentage|share|utili[sz]ation|fill rate|delay|"
        r"lead time|"
        r"turnaround|registered|progress|mileage|cell|age)\b"),
    Cue(Role.STANDS, 0.3,
        r"(?:测(?:出来|得|了|到)?|剩下?|还有|就剩|只有|涨|(?:一次|平均|均)要|收(?:了|到)|(?:签|招|访谈|抽|听|跑|做|"
        r"拿|考|下载|卖)(?:了|到|满)|到场|出分了?)[，,]?$|"
        r"\b(?:was|were|scored|measured|measures|weighs?|takes?|runs? at|reads?|shows?|counts?|totals?|came (?:out|"
        r"in) at|"
        r"counted|signed up|enrolled|recruited|interviewed|lost|left|closed|registered|sold|shipped|delivers|"
        r"delivered|handled|completed|produces|turned up|we['’](?:re|ve) (?:at|on|got|had|"
        r"done|tested|"
        r"seen))$"),
    Cue(Role.STANDS, 0.55, r"\bwe['’]?(?:re| are) (?:now |still |currently )?(?:at|on|up to|down to)$"),
    Cue(Role.STANDS, 0.35,
        r"现在|目前|当前|只剩|还剩|剩|截至|累计|至今|\b(?:now|currently|at the moment|so far|as of|to date|down to|"
        r"up to|we['’]re (?:at|on))\b"),
    Cue(Role.STANDS, 0.6, r"平均$|(?:这周|本周|这个月|本月)$|\baverag\w+(?: of| at)?$"),
    Cue(Role.STANDS, 0.3,
        r"已经[^，,。]{0,3}了$|(?:是|为|有|达|达到|在|平均|到)$|\b(?:is|are|at|averag\w+|stands?|sits?|got|have)$|"
        r"['’](?:s|re)$"),
    Cue(Role.MOVED, 0.5,
        r"(?:降|涨|升|掉|跌|增|减|回|缩短|上升|下降|提高?|提升|飙|爬|跳|滑)(?:低|长|加|少|落|升)?(?:到|至|为)|扛到|"
        r"跑到|达到|"
        r"\b(?:(?:up|down|back) (?:from|to|at)|(?:went|gone|dropped|fell|fallen|rose|risen|climbed|grew|grown|jumped|"
        r"improved|decreased|increased|moved) (?:up |down |back )?(?:from|to|at)|hit|reached)\b"),
    Cue(Role.LIMIT, 0.9,
        r"(?:涨|降|升|掉|跌|增加|减少|提高|多|少)了$|预算|(?<!付)费(?!用率|率)|定价|价格?(?=\D{0,4}$)|先批|批(?:了|"
        r"给)|"
        r"设(?:个|成|在|为)?(?=\D{0,6}$)|上限|下限|封顶|cap\b|目标|承诺|SLA|阈值|红线|标准|(?:超过|低于|高于|不到|"
        r"以上|"
        r"以内|以下|不超过|至少|最多|最低|最高)|改(?:成|为)|加到|(?<!稳)定(?:在|为|成|了)?(?=\D{0,6}$)|先放|(?:放|切|"
        r"按|扩到|扩|打算|计划|争取|希望|准备|申请|需要|(?<!次)(?<!均)要(?!是)|报价|(?<!支)付|花(?!了)|买|订|"
        r"(?<!成)交|抽|拉|砍|选|"
        r"建议|倾向)(?:了|个|在)?(?=\D{0,6}$)"),
    Cue(Role.LIMIT, 0.9,
        r"\b(?:budget|price|priced|fee|cap|capped|limit|target|goal|aim|threshold|max(?:imum)?|min(?:imum)?|at least|"
        r"at most|more than|less than|over|under|above|below|within|sla|salary|ordered|bought|buy|paid|pay|sign-?off|"
        r"approved?|worth|need|want|should|would|will|could|can|must|might|supposed|if|when|let['’]s|by|up to(?= \$)|"
        r"going to|gonna|per (?:person|household)|version|ios|android|page|slide|room|item|number|support|each|until|"
        r"deadline|plan(?:ned)?|expect(?:ed)?|we set)\b|['’](?:ll|d)\b"),
    Cue(Role.FIGURES, 0.35,
        r"数据|指标|数字|报(?:一下|个)[^。，,]{0,4}|baseline|\b(?:the )?(?:numbers|figures|metrics|stats|statistics|"
        r"kpis?|dashboard|results?)\b"),
)
# fmt: on
