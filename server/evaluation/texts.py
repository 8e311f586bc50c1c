"""The words of reports, in English and Chinese."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

TEXTS: dict[str, tuple[str, str]] = {
    "retrieval": ("Retrieval, measured", "检索评测"),
    "answers": ("Answers, measured", "回答评测"),
    "measured": (
        "{n} questions on {meetings} meetings, measured by Huimai {version} on {day}.",
        "{meetings} 场会议，{n} 个问题；由会脉 {version} 于 {day} 评测。",
    ),
    "transcripts": ("Transcripts, measured", "转写评测"),
    "diarization": ("Speakers, measured", "说话人评测"),
    "measured_recordings": (
        "{n} recordings, measured by Huimai {version} on {day}.",
        "{n} 段录音；由会脉 {version} 于 {day} 评测。",
    ),
    "ledger": ("Decisions and commitments, measured", "决定与承诺评测"),
    "measured_items": (
        "{n} decisions and commitments in {meetings} meetings, measured by Huimai {version} on {day}.",
        "{meetings} 场会议，{n} 项决定和承诺；由会脉 {version} 于 {day} 评测。",
    ),
    "left_out_items": (
        "{count} decisions and actions that the truth links to no line were left out.",
        "跳过了 {count} 项没有标注语句的决定和行动项。",
    ),
    "left_out": (
        "{count} questions without truth or without an answer were left out.",
        "跳过了 {count} 个没有标注或没有答案的问题。",
    ),
    "left_out_recordings": (
        "{count} recordings whose truth does not tell who spoke when were left out.",
        "跳过了 {count} 段没有标注各说话人起止时间的录音。",
    ),
    "by_meeting": (
        "Intervals are 95 % bootstrap intervals: 2,000 times, whole meetings were drawn anew.",
        "区间为 95% 自助法置信区间：以整场会议为单位重抽样 2,000 次。",
    ),
    "by_question": (
        "Intervals are 95 % bootstrap intervals: 2,000 times, single questions were drawn anew, because there are too "
        "few meetings to draw from. They are narrower than the spread over meetings.",
        "区间为 95% 自助法置信区间：会议太少，改以单个问题为单位重抽样 2,000 次，因此比会议之间的实际波动窄。",
    ),
    "no_width": (
        "An interval without width says that every meeting or question scored the same, not that the figure is sure.",
        "区间宽度为零只说明所有会议或问题得分相同，不代表该指标没有误差。",
    ),
    "settings": ("Settings", "评测设置"),
    "setting": ("setting", "设置项"),
    "figures": ("Figures", "指标"),
    "figure": ("figure", "指标"),
    "value": ("value", "值"),
    "interval": ("95 % interval", "95% 区间"),
    "meaning": ("what it is", "含义"),
    "drawn": ("drawn by", "重抽样单位"),
    "meeting": ("meeting", "会议"),
    "question": ("question", "问题"),
    "per_kind": ("By kind of question", "按问题类型"),
    "per_language": ("By language", "按语言"),
    "per_series": ("By series", "按系列"),
    "hit_curve": ("Questions with a hit among the first k results", "前 k 个结果中命中的问题比例"),
}

MEANINGS: dict[str, tuple[str, str]] = {
    "cer": ("characters heard wrong, left out or added, in Chinese", "中文中听错、漏掉和多出的字的比例"),
    "wer": ("words heard wrong, left out or added, in English", "英文中听错、漏掉和多出的词的比例"),
    "cpwer": ("characters or words heard wrong or with the wrong speaker", "听错或归错说话人的字词比例"),
    "der": ("time with the wrong speakers over the time of speech", "说话人判断有误的时长与语音时长之比"),
    "missed": ("the part of it in which somebody is not heard", "其中漏掉说话人的部分"),
    "false_alarm": ("the part of it in which somebody is heard who does not speak", "其中多出说话人的部分"),
    "confusion": ("the part of it in which somebody else is heard", "其中错认说话人的部分"),
    "jer": ("Jaccard error of a speaker, mean", "每位说话人的 Jaccard 误差均值"),
    "speaker_count_error": ("speakers found too many or too few, mean", "识别人数与实际人数之差的绝对值均值"),
    "word_attribution": ("rightly heard words that stand with the right speaker", "听对的字词中归对说话人的比例"),
    "named_right": (
        "share of words under the name of their speaker, named in an earlier meeting",
        "标对说话人姓名的字词比例（姓名来自较早的会议）",
    ),
    "named_false": ("share of words under the name of another person", "标成他人姓名的字词比例"),
    "terms_right": ("names and terms of the glossary that are written right", "写对的术语表词条比例"),
    "terms_raw": ("those that the recogniser wrote right itself", "识别结果本身就写对的术语表词条比例"),
    "new_errors": ("rightly heard words that cleaning made wrong", "听对却在文本整理时改错的比例"),
    "hit@1": ("questions whose first result is a hit", "第一个结果即命中的问题比例"),
    "hit@5": ("questions with a hit among the first 5 results", "前 5 个结果中有命中的问题比例"),
    "hit@10": ("questions with a hit among the first 10 results", "前 10 个结果中有命中的问题比例"),
    "mrr": ("1 / rank of the first hit, mean", "首个命中名次倒数的均值"),
    "ndcg@10": ("discounted gain of the first 10 results", "前 10 个结果的折损累计增益"),
    "span_recall@budget": ("gold lines inside the packed evidence", "标注的语句进入依据的比例"),
    "meeting@1": ("first result from a right meeting", "第一个结果来自正确会议的比例"),
    "evidence_recall@5": ("gold lines inside the first 5 results", "标注的语句出现在前 5 个结果中的比例"),
    "evidence_recall@10": ("gold lines inside the first 10 results", "标注的语句出现在前 10 个结果中的比例"),
    "must_contain": ("answers that say all they must", "包含全部必需内容的回答比例"),
    "must_not_contain_broken": ("answers that say what they must not", "出现禁止内容的回答比例"),
    "superseded_as_current": ("answers that state an old value as current", "将旧值当作现值的回答比例"),
    "citations_overlap": ("answers with a right citation", "至少一处引用正确的回答比例"),
    "citation_precision": ("citations of an answer that are right", "每个回答中正确引用的比例"),
    "citation_recall": ("gold evidence that an answer cites", "标注依据被引用的比例"),
    "quote_fidelity": ("quotes that stand word for word in the transcript", "与原文逐字一致的引文比例"),
    "unanswerable": ("unanswerable questions that are refused", "无答案问题中拒答的比例"),
    "abstained": ("answerable questions that are refused", "有答案问题中误拒的比例"),
    "decisions": ("decisions", "决定"),
    "decision": ("decisions", "决定"),
    "commitments": ("commitments", "承诺"),
    "action": ("actions", "行动项"),
    "all": ("both kinds", "两类合计"),
    "cue_baseline": ("cue words alone", "仅凭线索词"),
    "p": ("precision, what is found that is right", "精确率，找到的内容中正确的比例"),
    "r": ("recall, what there is that is found", "召回率，应找到的内容中找到的比例"),
    "f1": ("F1, the harmonic mean of the two", "F1，两者的调和平均"),
    "owner_exact": ("found commitments with the right owner", "找到的承诺中负责人正确的比例"),
    "due_exact": ("found commitments with the right due date", "找到的承诺中到期日正确的比例"),
    "mention_recall": (
        "later mentions of a commitment that are found (progress, done)",
        "后续提及承诺（进展、完成）之处被找到的比例",
    ),
    "p50_ms": ("median time in milliseconds", "耗时中位数（毫秒）"),
    "p95_ms": ("time that 95 % stay below, in milliseconds", "95% 情形下的耗时上限（毫秒）"),
    "chunks": ("stored chunks", "已存片段数"),
    "index_s": ("seconds it took to index the meetings", "建立索引用时（秒）"),
    "prompt_tokens_max": ("most prompt tokens of an answer", "单个回答的最大提示词元数"),
    "prompt_tokens_mean": ("prompt tokens of an answer, mean", "提示词元数均值"),
    "completion_tokens_max": ("most completion tokens of an answer", "单个回答的最大生成词元数"),
    "completion_tokens_mean": ("completion tokens of an answer, mean", "生成词元数均值"),
    "answers_with_model": ("answers that a chat model took part in", "由对话模型参与的回答数"),
}
