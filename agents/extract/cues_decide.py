"""Further cues of decisions, Chinese and English: rulings, rules, changes, what is called off, put off or kept."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

_COURSE_EN = (
    r"(?:go (?:with|for|ahead)|hold (?:off|back)|wait with|stop|start using|cancel|close|switch|change|cut|raise|"
    r"lower|"
    r"run|pay|charge|split|hire|offer|accept|reject|decline|sign|renew|limit|postpone|delay|move(?! on)|replace|keep|"
    r"stay with|stick (?:to|with)|drop|skip|only|begin with|do without|outsource|appeal|settle|withdraw)"
)
_COURSES_EN = (
    r"(?:postponing|cancell?ing|delaying|moving(?! on)|renewing|changing|stopping|closing|cutting|raising|lowering|"
    r"switching|replacing|hiring|outsourcing|withdrawing|appealing|splitting|limiting|holding off|putting (?:it|that|"
    r"this) off|staying with|leaving out|calling (?:it|that) off|scrapping|skipping|accepting|rejecting|declining)"
)
_DAY_EN = (
    r"(?:now on|today|tomorrow|next (?:week|month|term|year|quarter)|this (?:week|month|term)|(?:mon|tues|wednes|"
    r"thurs|"
    r"fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december)"
)
_NUMBER = r"[\d一二两三四五六七八九十百千万]"
_SINCE_ZH = (
    r"(?:从|自)(?:今天|明天|现在|下|这|本|周|星期|\d|[一二三四五六七八九十])[^，,。！？?]{0,6}(?:起|开始)|"
    r"(?:^|[，,。])(?:以后|今后|往后)"
)

# fmt: off
CUES_DECIDE = (
    Cue(Role.SETTLE, 0.75,
        r"\bwe(?:['’]ve| have)? (?:just |all |already |finally )?(?:settled on|opted for|gone (?:with|for)|(?:picked|"
        r"chosen|went for)(?! up))\b|\bI(?:['’]ve| have) (?:now |just )?decided (?!yet|not sure)|"
        r"\bdecision ?:|\bI(?:['’]m| am) calling it\b|\b(?:the|my) (?:ruling|verdict)\b|\bthat['’]s final\b|"
        r"\bend of (?:story|discussion)\b|\bnon-negotiable\b|\bnot a \w+ (?:more|less)\b|\bno exceptions\b"),
    Cue(Role.SETTLE, 0.6,
        r"\b(?:board|management|court|judge|committee|partners?|director|boss|head office|ceo|"
        r"council)(?: \w+)? (?:has |"
        r"have )?(?:decided|ruled|approved|agreed|rejected|voted|said (?:yes|no))\b"),
    Cue(Role.SETTLE, 0.55, rf"\bwe(?:['’]ll| will| won['’]t)(?: just| then| all| now)? {_COURSE_EN}\b"),
    Cue(Role.SETTLE, 0.6, rf"\bwe(?:['’]re| are)(?: not| now| just| actually)? {_COURSES_EN}\b"),
    Cue(Role.SETTLE, 0.55,
        r"\b(?:is|are|it['’]s|that['’]s)(?: now| all)? (?:off|cancelled|canceled|called off|postponed|withdrawn|"
        r"dropped|"
        r"scrapped|on hold)(?=[.,;:!]|$| until| for now| and)|\bisn['’]t happening\b"),
    Cue(Role.SETTLE, 0.55,
        rf"(?<!\bif )\b(?:as (?:of|from)|starting(?: from)?|effective(?: from)?|from) {_DAY_EN}(?: on(?:wards)?)?\b"
        r"(?! till| to| until)"),
    Cue(Role.SETTLE, 0.5,
        r"\b(?:goes|go) (?:up|down|back) to\b|\bmoves? (?:back |up |forward |out )?to (?!you|me|the next|"
        r"another item)|"
        r"\bgoes to (?:\w+ )?(?:first|instead)\b"),
    Cue(Role.SETTLE, 0.5,
        r"^(?:(?:okay|ok|right|so|fine|yes|no|then|well)[,. ]+)*(?:scrap|drop|cancel|kill|skip|keep|make it|leave it "
        r"at|leave (?:it|that) out|do that|cut) (?:the|it|that|this|all)?\b"),
    Cue(Role.SETTLE, 0.5,
        r"(?:^|[.;,:] ?)(?:so |then |and )?we (?:keep|stay|stick|drop|skip|cancel|start with|go with|go for|stop|"
        r"take|"
        r"leave|put|limit|hire|pay)\b(?! up| off| in touch)"),
    Cue(Role.SETTLE, 0.5,
        r"^(?:\w+[,.]? )?(?:then )?[\w'’-]{1,30}(?: [\w'’-]{1,30}){0,2} it is(?:,? then)?[.!]?$|"
        r"^(?:(?:so|okay|right|fine|well)[,. ]+)*(?:it['’]s|that['’]s|make it|make that) [^.?!]{2,40},? then[.!]?$"),
    Cue(Role.SETTLE, 0.55, r"\bnow,? not\b|\b(?:has|have) got to be (?:optional|mandatory)\b"),
    Cue(Role.SETTLE, 0.5,
        r"\b(?:all|every|any|each) [^.?!,]{2,30} (?:go(?:es)? (?:through|to|via)|gets?|must be|has to be|have to be|"
        r"needs? to be)\b"),
    Cue(Role.PROPOSE, 0.35,
        r"\b(?:could|can|might) we\b[^.]{3,120}\?|\bwhat if we\b|,? then\?$|\bmy (?:suggestion|proposal|advice|"
        r"vote)\b|"
        r"\bhow do you feel about\b|\bwould you be (?:okay|ok|fine) with\b|\bI['’]d (?:put|keep|cut|move|drop|take|"
        r"split|stay|leave|use|say)\b|\bare we (?:still )?(?:doing|having|keeping)\b"),
    Cue(Role.PROPOSE, 0.35, r"\b[\w'’-]{1,20} or [\w'’-]{1,20}\b[^.?]{0,40}\?$"),
    Cue(Role.PROPOSE, 0.3, r"\b(?:it|that|this)['’]?s? (?:has|got|have) to be\b|\bis only fair\b"),
    Cue(Role.SETTLE, 0.7,
        r"(?:^|[，,。、 ]|都|给|已经)拍了|我宣布|(?:^|[，,。！])(?:就)?定了[，,。！]|说定|(?:最后|最终|还是|我们|"
        r"一致)[^，,。！？?]{0,4}决定"
        r"(?!不了|吗)|([\u4e00-\u9fff]{1,3})就\1|多一分(?:都)?没有|没商量(?!好|过)|不许再|就它了|就他了|就她了"),
    Cue(Role.SETTLE, 0.6, rf"(?:{_SINCE_ZH})[^。！？?]{{2}}"),
    Cue(Role.SETTLE, 0.55,
        r"(?:先|暂时|暂|今年|这次|这版|这期|干脆)?(?<![是说又还从])(?<!能)(?:不做|不接|不申|不参加|不上|不打|不签|"
        r"不续|不请|不招|不买|不投|不搞|不开|不办|"
        r"不用|不写|不涨|不降|不换)(?:了)?(?=[，,。！]|$)|(?:砍掉|去掉|撤掉|停掉|删掉|取消)(?:了)?(?=[，,。！]|$)|"
        r"(?:^|[，,。])(?:那)?不"
        r"[^，,。！？?]{1,6}了，(?:改|用|走)"),
    Cue(Role.SETTLE, 0.5,
        r"(?:往|向)(?:后|前)(?:推|挪|延|提)|(?:推迟|延后|延期|顺延|提前|挪)(?:一|两|三|几|半|\d)(?:个)?(?:周|天|月|"
        r"星期)|先?(?:缓一?缓|暂停|搁置)"
        r"(?=[，,。！]|$)"),
    Cue(Role.SETTLE, 0.55,
        r"统一(?:用|走|按|发|由|改)|(?:最后|最终)(?:选|用|走|挑|采用|是用|就)(?:了|的)?|(?:方案|路线|线)?走(?:调解|"
        r"线上|线下|诉讼|外包|招标|流程)|"
        r"(?:^|[，,。])(?:主攻|主推|主打|只(?:做|收|招|发|用|报|留))|(?:交给|包给|外包给)(?:外包|别人|第三方|外面|"
        r"专业)|"
        r"(?:主线|方向|方案|供应商|负责人|模型|题目)换|(?:那)[^，,。！？?]{1,12}就(?:换|改|用|选|定)"),
    Cue(Role.SETTLE, 0.55,
        rf"(?:改|换|砍|减|加|调|降|涨|缩|扩|提)(?:成|为|到|至)[^，,。！？?]{{0,3}}{_NUMBER}|"
        rf"改{_NUMBER}{{1,3}}(?:轮|次|个|天|期|版|人|号|遍)|"
        rf"(?:预算|价格|上限|费用|首付|月费|年费|佣金|数|金额)[^，,。！？?]{{0,4}}(?:就|先|都|一律)(?:给|按|收|批|"
        rf"定|是)|(?:^|[，,。])改(?:发|用|走|做|去|由|"
        r"请|投)|封顶|死(?:线|限)[^，,。]{0,4}就"),
    Cue(Role.SETTLE, 0.5,
        r"(?:launch|freeze|release|deadline|上线|发布|会议?|开庭|手术|考试|面试)[^，,。！？?]{0,4}(?:改(?!变|进|"
        r"善)|slip|挪|推)[^，,。！？?]{0,4}[\d一二三四五六七八九十]"),
    Cue(Role.SETTLE, 0.55, r"\block\b(?!ed out)|(?:先|就)这么 ?(?:lock|定|来|办)|\bapproved?[，,。]|先留(?:在|着)"),
    Cue(Role.PROPOSE, 0.35,
        r"你们?看(?:行|可以|成|好)|行不行|可不可以|好吗|行吗|(?:^|[，,。])那(?:咱们|我们)?[^，,。！？?]{0,4}(?:先|"
        r"就|干脆)[^，,。！？?]{1,20}[，,]?[^。！？?]{0,12}[?？]|"
        r"[^，,。！？?]{1,10}还是[^，,。！？?]{1,10}[?？]|my proposal|我的?(?:提议|方案|想法|意见)(?:是)?|"
        r"\bproposal\b|我(?:更)?想(?:把|请|找|"
        r"cut|outsource|用|换|扩|改|加|砍|申请)|得(?:先)?补|做不做[?？]"),
    Cue(Role.ACCEPT, 0.5,
        r"^(?:嗯|好|行|对|那|OK|ok)?[，,。、 ]*(?:support|agreed?|approved?|make sense|go ahead|fine|deal|sure|"
        r"听你的|依你|"
        r"成交|就照|照你说的|都行|同意)(?![a-z])|^行(?=[，,。！]|吧|啊|$)|^(?:嗯|对|行|好|要)(?=[，,])"),
    Cue(Role.SETTLE, 0.55, r"^(?:and |so |okay,? )?no more (?!questions|time|from)\w+"),
    Cue(Role.SETTLE, 0.5,
        r"\b(?:closes|ends|opens|starts|goes live|takes effect) (?:at|on|in|from) (?:the |next )?\w+|\bgoes ahead\b"),
    Cue(Role.PROPOSE, 0.35, r"\bshall I\b|\bwould \w+ (?:work|suit)\b"),
    Cue(Role.ACCEPT, 0.5, r"^[\w ]{1,20} works(?: for (?:me|us))?[.,!]|^yes,? (?:please )?do\b|^do (?:that|it)\b"),
    Cue(Role.SETTLE, 0.6,
        r"(?:院里|上面|领导|老板|董事会|校方|学校|法院|医院|总部|甲方|家里)[^，,。！？?]{0,4}(?:批|同意|拍板|定|否|"
        r"点头)了|签[一两二三四五\d]+年|"
        r"咱们?就(?:用|按|走|选|要|定)"),
    Cue(Role.SETTLE, 0.5,
        r"\b(?:as|like|same as) (?:we )?(?:said|before|agreed|planned|discussed)\b|\bI(?:['’]m| am) not changing\b|"
        r"\b\w{2,20}['’]s out(?=[.,!]|$)"),
    Cue(Role.PROPOSE, 0.35, r"\bwe said\b[^.?!]{2,60}\bdidn['’]t we\b"),
    Cue(Role.OTHERS, 0.85,
        r"\b(?:they|he|she|competitors?|our competitor|other (?:firms?|companies|teams?)|"
        r"next door)\b[^.?!,]{0,20}\b(?:is|"
        r"are|was|were|has|have|will|['’]re|['’]s)? ?(?:going with|going for|decided|using|sticking)|\bI wish\b|"
        r"\bback then\b|\bin the paper\b|\bhow did you\b|\bread (?:it|that) in\b"),
    Cue(Role.OTHERS, 0.85,
        r"(?:他们|对手|竞品|隔壁|别的|人家|同行)[^，,。！？?]{0,12}(?:决定|改|选|换|不|取消)|听说|可能会|按理|"
        r"理论上|当时|来着|散会|就先这样|"
        r"说要回去|先别|再看看|哈哈"),
)
# fmt: on
