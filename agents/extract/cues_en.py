"""English cues."""

from __future__ import annotations

from agents.extract.cues import Cue, Role

_I_WILL = r"\bI(?:['’]ll| will| shall)(?:,? (?:just|also|probably|then|certainly|try to|go and|yeah|um|uh|I['’]ll)\b)*"
_DO = (
    r"(?:take|do|write|send|fix|check|get|run|set|put|draft|file|prepare|make|call|ring|ask|find|look into|update|"
    r"finish|book|bring|handle|review|email|e-mail|mail|share|raise|build|test|organi[sz]e|arrange|work|have|"
    r"telephone|"
    r"deliver|design|investigate|contact|speak to|talk to|report|produce|think about|come up|own|implement|file)\b"
)
_NOT_WORK = r"(?!be\b|see\b|say\b|go first|have to|get back to that|have a look|do that now)"
_WE_WILL = r"\bwe(?:['’]ll| will|(?:['’]re| are) (?:going to|gonna))(?: just| then| all)?"

# fmt: off
CUES_EN = (
    Cue(Role.PROMISE, 0.6, rf"{_I_WILL},? {_NOT_WORK}{_DO}"),
    Cue(Role.PROMISE, 0.4, rf"{_I_WILL},? (?!be\b|say\b|start\b|see\b|admit|never|not\b)\w+"),
    Cue(Role.PROMISE, 0.45, rf"\bI(?:['’]m| am) (?:going to|gonna) {_DO}"),
    Cue(Role.PROMISE, 0.55, r"\bI can (?:have|get|take|do|send|finish)\b[^.?!]{0,40}\b(?:by|on|before|until)\b"),
    Cue(Role.PROMISE, 0.4, r"\bI(?:['’]m| am) (?:\w+ing)\b|\bI (?:expect|promise|plan|intend) to\b"),
    Cue(Role.PROMISE, 0.65,
        r"\bI owe you\b|\bleave (?:it|that) (?:with|to) me\b|\bI['’]m on it\b|\bcount on me\b|"
        r"\bI(?:['’]ll)? own (?:it|that)\b"),
    Cue(Role.PROMISE, 0.5, rf"\bI(?:['’]ve got to| have to| need to|['’]ve gotta) {_DO}"),
    Cue(Role.REDATE, 0.65,
        r"\b(?:can|could|may) I (?:move|push|have|get)\b[^.?!]{0,30}\b(?:to|until|till)\b|\bgive me (?:until|till)\b|"
        r"\b(?:move|push)(?:ed)? (?:it|that|this) (?:back )?to\b|\bneed (?:until|till)\b"),
    Cue(Role.ASK, 0.45, rf"\b(?:can|could|would|will|might) you (?:please |just |also |then )?{_DO}"),
    Cue(Role.ASK, 0.4, rf"\bplease {_DO}|\bplease (?!do not|don['’]t|remember|note)\w+"),
    Cue(Role.ASK, 0.4,
        rf"\byou(?: two| both| guys)?(?:['’]ll| will|(?:['’]re| are) (?:going to|gonna)| need to| have to| should)"
        rf"(?: be| both)? (?:working\b|{_DO})"),
    Cue(Role.ASK, 0.4, r"\bI['’]d (?:love|like|want) (?:it|you|that|this) to\b(?! be\b)"),
    Cue(Role.ASK, 0.3,
        r"\b(?:could|can|will|would) (?:somebody|someone|anyone|anybody)\b|\bwho(?:['’]ll| will| can| wants to)\b"),
    Cue(Role.ASK, 0.45,
        r"\b(?:will|gonna|going to|should|has to|have to) (?:be )?(?:work(?:ing)? (?:on|together)|produc|prepar|"
        r"present)"),
    Cue(Role.ASK, 0.4,
        r"\b(?:for|by|until|before) (?:the |our )?next (?:meeting|time|phase)\b|\baction (?:item|point)s?\b"),
    Cue(Role.PROPOSE, 0.4,
        r"\b(?:shall|should) we\b|\bwhat about\b|\bhow about\b|\bI (?:suggest|propose|recommend|should advise)\b|"
        r"\bwhy don['’]t we\b|\bI['’]d (?:like to (?!keep)|ship|go|rather|prefer)\b|\bI would say\b"),
    Cue(Role.PROPOSE, 0.35,
        r"\bI (?:wanna|was (?:gonna|going to|thinking)|want to (?!say|know|see|ask|show|thank|talk|hear))\b"),
    Cue(Role.PROPOSE, 0.3,
        r"\b(?:I think|maybe|perhaps|so) (?:we|it|that) (?:should|could|can|need)\b|\bwe (?:should|don['’]t need)\b|"
        r"\bI(?: also)? want\b|\bI['’]d like\b|\bwe want\b"),
    Cue(Role.SETTLE, 0.55,
        r"\blet(?:['’]s| us) (?:\w+ )?(?:say|go (?:with|for)|do|add|use|keep|have|make|decide|drop|put|stick|ship|"
        r"call|take "
        r"(?:it|that|out)|leave|skip|not|get rid|just(?! see)|work with)\b"),
    Cue(Role.SETTLE, 0.75,
        r"\bwe(?:['’]ve| have)? (?:just |all |already )?(?:decided|agreed|settled)\b(?! to disagree)|"
        r"\b(?:that['’]s|that is|it['’]s|it is) (?:all )?(?:decided|settled|agreed|approved|final)\b|"
        r"^(?:\w+[,.] )?(?:agreed|approved)\b|\bthat['’]s a decision\b|\bdecision (?:is|was)\b|\bthe decision\b"),
    Cue(Role.SETTLE, 0.55,
        rf"{_WE_WILL} (?:go|use|keep|have(?! to)|support|drop|ship|make|stick|take|put|add|not|leave)\b"),
    Cue(Role.SETTLE, 0.5,
        r"\bwe(?:['’]re| are) (?:not )?(?:going (?:for|with)|using|having|keeping|dropping|sticking)\b|"
        r"\bwe proceed\b"),
    Cue(Role.SETTLE, 0.5, r"\b(?:got|have|been|is|was)\b[^.?!,]{0,30}\bsigned off\b"),
    Cue(Role.SETTLE, 0.6,
        r"\b(?:reverse|scrap|drop|cancel|skip) (?:that|it|this)\b|\bfrom now on\b|\bno longer\b|\bgo(?:ing)? with\b|"
        r"\bstick "
        r"(?:with|to)\b|\bit stays\b|\bsame as we (?:said|agreed)\b|\bthat['’]s the new\b|\bno need for\b"),
    Cue(Role.SETTLE, 0.5,
        r"\bI(?:['’]m| am) (?:also )?(?:raising|cutting|dropping|changing|moving|approving)\b|\bI['’](?:ve|"
        r"m) (?:\w+ ,?)?moved\b|"
        r"\bshall be\b|\b(?:is|are) to be\b|\binstead\b|\bwe can go up to\b|\b(?:it|that)['’]s out\b"),
    Cue(Role.SETTLE, 0.4,
        r"\bso (?:it(?:['’]s| is| will be)|we(?:['’]re| are|['’]ll| will))\b|^so we\b|^(?:okay|right|"
        r"alright)[,.]? so\b"),
    Cue(Role.ACCEPT, 0.5,
        r"^(?:(?:oh|um|uh|so|well|okay|ok|yeah|yes|yep|right|mm|mm-hm+|hmm|and|by [\w -]{3,20})[,. ]+)*(?:yes|yeah|"
        r"yep|yup|agreed?|"
        r"sure|okay|ok|right|fine|exactly|absolutely|certainly|of course|good|great|perfect|sounds good|makes sense|"
        r"I agree|"
        r"that(?:['’]s| is) (?:good|fine|right|true|sensible)|will do|understood|no problem|deal|approved|I can)\b"),
    Cue(Role.ACCEPT, 0.5,
        r"^[\w '’,.-]{0,30}(?:['’]s|\b(?:is|would be|sounds|works)) (?:absolutely )?(?:fine|great|good|perfect|okay|"
        r"ok)\b(?! (?:for|to|at|if))|"
        r"\bI can,?(?: \w+, I can,?)? do (?:that|it)\b"),
    Cue(Role.ACCEPT, 0.5, r"^[\w-]+(?: [\w-]+)? it is(?:,? then)?(?=[.!,]|$)"),
    Cue(Role.OPEN, 0.7,
        r"\bif\b|\bunless\b|\bnot (?:sure|decided)\b|\bundecided\b|\bpark it\b|\bhaven['’]t (?:decided|agreed)\b|"
        r"\bno idea\b|"
        r"\bdon['’]t know\b|\bleave it open\b|\bwe have to decide\b|\bwill have to decide\b"),
    Cue(Role.OPEN, 0.5, r"\?\s*$"),
    Cue(Role.OPEN, 0.5,
        r"\b(?:can['’]t|cannot|won['’]t|wouldn['’]t) (?:think|agree|want|know)\b|"
        r"\bmight\b|\b(?:would|could) have\b|\bbefore we decide\b"),
    Cue(Role.REFUSE, 0.8,
        r"\b(?:I )?(?:don['’]t|do not) (?:think so|agree|want)\b|\bI (?:strongly )?disagree\b|\bI still (?:want|"
        r"think)\b"),
    Cue(Role.REPORT, 0.5, r"\b(?:already|yesterday|last week|last time|used to|have been|has been)\b"),
)
# fmt: on

NAMED_EN = (
    r"(?:{name})(?:['’]ll| will| you(?:['’]ll|['’]re going to|['’]re gonna| will)|['’]s gonna| is going to| is gonna|"
    r" takes|"
    r" should| gets) (?:\w+ ){0,2}\w+",
)
"""Somebody called by name gets something to do; `{name}` stands for the names."""
