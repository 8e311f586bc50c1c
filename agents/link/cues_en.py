"""English signs."""

from __future__ import annotations

from agents.link.cues import Sign

_DONE = (
    r"(?:done|finished|completed?|fixed|merged|shipped|sent|delivered|submitted|signed|booked|ordered|bought|sorted|"
    r"resolved|written|published|uploaded|deployed|wrapped up|handed in|filed|approved|programmed|arranged|confirmed|"
    r"posted|installed|tested|checked|live)\b"
)
_I = r"\b(?:I|we|they|he|she)(?:['’]ve| have|['’]s| has|)"

# fmt: off
SIGNS_EN = {
    Sign.DONE:
        rf"\b(?:is|are|was|were|been|got|all|now|have|has|['’]s|['’]re|['’]ve|it|that)(?: been| all| now|"
        rf" just)? {_DONE}|"
        rf"\b(?:I|we|they|he|she) (?:\w+ )?(?:did|finished|sent|wrote|fixed|merged|shipped|booked|checked|submitted|"
        rf"filed|signed|delivered|posted|asked|bought|ordered)\b|{_I} (?:already )?{_DONE}|\bcall (?:it|that) "
        rf"(?:done|finished)\b|\b(?:went|gone) (?:in|out|through|live)\b|\b(?:turned up|came through|came in|"
        rf"out the door)\b|^(?:all )?(?:done|finished|sorted)\b|\b(?:got|came) back to (?:me|us)\b|\bwe got (?:it|"
        rf"them)\b|"
        r"\b(?:is|are) (?:all )?here\b|\barrived\b",
    Sign.UNDONE:
        r"\b(?:is|are|was|has|have|did|do|does|had)(?:n['’]t| not)\b(?! shown| seen| happened| come back)|"
        r"\bnot (?:yet|"
        r"ready|booked|done|quite)\b|\bhalf(?:way)?\b|\bstill (?:working|waiting|stuck|on it|need|have to|expect)\b|"
        r"\bstuck\b|\bstill to\b|\balmost\b|\bunder way\b|\bin progress\b|\bwill be\b|\bnearly\b|\bgoing to be\b|"
        r"\bthe rest\b",
    Sign.SAME:
        r"\bsame (?:as|date|money|number|thing)\b|\bunchanged\b|\bno change\b|"
        r"\bnot chang(?:e|ed|ing)\b|\b(?:as|like) (?:we )?(?:said|agreed|"
        r"planned|before)\b|\bit stays\b|\bstays? (?:at|as|the same)\b|\bstick(?:ing)? (?:with|to)\b|"
        r"\bstill (?:the )?"
        r"(?:on|at|good|plan|stands|holds)\b|\bstill \d",
    Sign.MOVED:
        r"\b(?:move|moved|moving|push|pushed|pushing|slip|slips|slipped|postpone[ds]?|delay(?:ed)?|bring|brought)\b|"
        r"\binstead\b|\brather than\b|\bup to\b|\bgo up\b|\b(?:raise|raised|raising|increase[ds]?|cut|cutting|"
        r"reduce[ds]?|"
        r"lower(?:ed)?|extend(?:ed)?|(?<!not )chang(?:e[ds]?|ing)|bump(?:ed)?)\b|\bnow\b|\bthe new\b|\bfrom now on\b|"
        r"\bno longer\b|"
        r"\bput (?:\w+ ){1,3}up\b|\bgive me (?:until|till)\b|\bneed (?:\w+ )?(?:until|till|more)\b|\bback (?:at|"
        r"to)\b|"
        r"\bit is,? then\b|\bwhat about\b",
    Sign.BACK:
        r"\b(?:reverse|reversed|scrap|scrapped|cancel|cancelled|canceled|abandon|withdraw|undo|overturn)\b|"
        r"\bno longer\b|"
        r"\bdrop (?:it|that|this)\b|\bdropping\b|\binstead\b|\breopen\b|\bchanged? (?:my|our|her|his|their) minds?\b|"
        r"\b(?:is|are|['’]s) (?:out|off|gone)\b|\bnot .{1,30} any ?more\b|\bswitch(?:ed|ing)? to\b",
    Sign.TAKEN:
        r"\bI['’]ll (?:take|pick up|own|handle)\b|\b(?:could|can|would) (?:somebody|someone|anyone|anybody|you) "
        r"(?:please )?(?:take|pick|own|handle)\b|\btak(?:e|es|ing) (?:it|that|this|the|over)\b|\bhand(?:ed|"
        r"ing)? (?:it |"
        r"that |this )?(?:over|to)\b|\bover to\b|\btake (?:that|it) on\b|\bcovers? for\b|\bcan['’]t get to\b|"
        r"\binstead of me\b",
    Sign.GONE:
        r"\b(?:is|are|['’]s|been|now|all) (?:sorted|resolved|solved|fixed|settled|gone|approved|over|clear(?:ed)?)\b|"
        r"\bclose (?:that|the|this) risk\b|\bno longer (?:a|an) (?:risk|problem|issue|worry|concern)\b|\bhasn['’]t "
        r"(?:happened|come back|shown up)\b|\bcame through\b|\bworked out\b|\bwent away\b|\bnot a (?:risk|problem|"
        r"worry|"
        r"concern) any ?more\b",
    Sign.WORSE:
        r"\bworse\b|\bworsen\w*\b|\bbad news\b|\bgrow(?:n|s|ing)\b|\bmore serious\b|\bhigh risk\b|\bescalat\w+\b|"
        r"\b(?:complain\w*)\b|\bwent from\b|\bdelayed? (?:again|further)\b|\b(?:is|are|['’]s|['’]re) late\b|"
        r"\bagain\b.{0,20}"
        r"\b(?:failed|broke|down)\b|\bslipped\b|\blost\b|\bstuck\b|"
        r"\b(?:pulled|backed|dropped) out\b|\bfell through\b",
    Sign.UNSETTLED:
        r"\b(?:no idea|don['’]t know|not sure|undecided|park it|parked|leave it open|not decided|haven['’]t decided|"
        r"hasn['’]t decided|still nobody|nobody knows|no answer|not yet|wait(?:ing)? (?:for|until|on)|still open|"
        r"next time|work it out|have to ask|ask \w+ when)\b",
    Sign.AGAINST:
        r"\b(?:don['’]t|do not) (?:think so|agree|want)\b|\bI (?:strongly )?disagree\b|\bI still (?:want|think|"
        r"say)\b",
    Sign.AGAIN: r"\b(?:reopen(?:ed)?|open (?:it|that) again|broke again|back again|redo|start over|came back)\b",
    Sign.ASKED:
        r"\bwhere are we (?:on|with|at)\b|\bhow(?:['’]s| is| are| did) .{1,60}\?|\bstatus\b|\bwhere (?:is|['’]s)\b|"
        r"\b(?:did|have|has) (?:you|we|anyone|\w+) .{1,60}\?|\bgo round\b|\blast week['’]s\b|\bany news\b",
}
# fmt: on

LIGHT_EN = (
    "thing things need needs want wants let thank thanks one two three ask asks asked asking take takes give gives "
    "know think sure really right okay ok yeah yes no new old wait date day days month months year years morning "
    "afternoon monday tuesday wednesday thursday friday saturday sunday good great fine nice bad lot lots bit little "
    "first second next last question answer problem issue worry risk decide decided decision agree agreed settle "
    "settled call put set send sent write written finish finished start ready work works working try look looking "
    "see "
    "find found people someone somebody anyone everybody everyone something anything nothing back mean like well way "
    "number numbers point half number before after until by end i'll i'm i've we'll we're we've don't can't won't "
    "didn't isn't that's it's there's let's you're you'll they're maybe perhaps probably actually honestly anyway "
    "um uh "
    "keep move run fix done do make time long short hope guess feel expect sorry please leave turn another"
)
"""Words that name no matter, beside the stop words of questions; compared as stems."""
