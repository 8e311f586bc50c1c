"""What commands say about their work."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "error": ("error: {text}", "错误：{text}"),
    "hint": ("hint: {text}", "提示：{text}"),
    "usage_hint": ("`{command} --help` explains it", "运行 `{command} --help` 查看用法"),
    "stopped": ("stopped", "已停止"),
    "declined": ("nothing was changed", "未作任何更改"),
    "stopped_job": (
        "stopped; the job goes on at the next `huimai serve` or `huimai jobs watch`",
        "已停止；下次运行 `huimai serve` 或 `huimai jobs watch` 时任务会继续",
    ),
    "unexpected": ("something unexpected failed ({error})", "发生意外错误（{error}）"),
    "unexpected_hint": (
        "run it again with --debug to see where; please report it if it stays",
        "加上 --debug 再运行一次可看到出错位置；若问题依旧请反馈",
    ),
    "lost_server": ("the server stopped answering ({error})", "服务停止响应（{error}）"),
    "lost_server_hint": ("see whether `huimai serve` still runs, then try again", "确认 `huimai serve` 仍在运行后重试"),
    "opening_failed": ("the server inside this command did not start", "命令内部的服务未能启动"),
    "none": ("nothing here yet", "暂无内容"),
    "no_results": ("nothing was found; try other words or fewer filters", "没有找到；请换个说法或减少过滤条件"),
    "evidence": ("Evidence", "依据"),
    "coverage": (
        "meetings in scope {in_scope}, searched {searched}, read {read}, failed {failed}",
        "范围内会议 {in_scope} 个，检索 {searched} 个，阅读 {read} 个，失败 {failed} 个",
    ),
    "no_model": ("no chat model took part", "没有使用对话模型"),
    "skipped": ("skipped {path}: {reason}", "跳过 {path}：{reason}"),
    "duplicate": ("{stage} (duplicate)", "{stage}（重复）"),
    "one_title": ("one title cannot name several meetings", "一个标题不能用于多场会议"),
    "not_a_date": (
        "'{value}' is not a date; write it like 2026-03-02 or 2026-03-02T10:00+08:00",
        "'{value}' 不是日期；请写成 2026-03-02 或 2026-03-02T10:00+08:00",
    ),
    "same_meeting": (
        "another form of the meeting in {chosen}; name it alone to ingest it",
        "与 {chosen} 是同一场会议；单独指定此文件即可导入",
    ),
    "not_media": ("neither a recording nor a transcript", "既不是录音也不是文字记录"),
    "not_transcript": ("not a transcript", "不是文字记录"),
    "nothing_to_ingest": ("no recording or transcript was found", "没有找到录音或文字记录"),
    "nothing_hint": (
        "name files, or folders that hold m4a, mp3, wav, mp4, vtt, srt, txt or json files",
        "请指定文件，或包含 m4a、mp3、wav、mp4、vtt、srt、txt、json 文件的文件夹",
    ),
    "no_such_file": ("there is no such file or folder", "文件或文件夹不存在"),
    "no_such_hint": ("check the path", "请检查路径"),
    "unreadable": ("it cannot be read ({error})", "无法读取（{error}）"),
    "unreadable_hint": ("check its permissions", "请检查权限"),
    "uploading": ("upload", "上传"),
    "left": ("about {time} left", "约剩 {time}"),
    "queued": (
        "queued; `huimai jobs watch` or `huimai serve` does the work",
        "已排队；运行 `huimai jobs watch` 或 `huimai serve` 即可处理",
    ),
    "idle": ("no job is running", "没有正在进行的任务"),
    "gone": ("the meeting was deleted while it was worked on", "处理期间会议已被删除"),
    "deleted": ("deleted {what}", "已删除 {what}"),
    "created": ("created {what}", "已创建 {what}"),
    "no_speakers": (
        "nobody was told apart here: transcripts bring their own speakers; for a recording that was ingested without, "
        "`huimai speakers tell` does it",
        "这里没有区分说话人：文字稿自带说话人；当时未区分的录音可用 `huimai speakers tell` 补做",
    ),
    "called": ("called {name} at {at}", "{at} 被称作{name}"),
    "maybe": ("perhaps {name} ({cosine})", "可能是{name}（{cosine}）"),
    "names_changed": (
        "names have changed in {count} meetings",
        "{count} 场会议的说话人姓名已更新",
    ),
    "named_twice": ("speaker {speaker} is named twice", "说话人 {speaker} 指定了两次"),
    "not_numbered": ("'{given}' does not say who a speaker is: 2=Mina does", "“{given}”没有指明说话人，请写成 2=姓名"),
    "not_bounds": (
        "'{value}' is not a number of speakers: 4, or the least and the most, 2-5, up to {most}",
        "“{value}”不是人数：请写成 4，或最少与最多 2-5，上限 {most}",
    ),
    "told_anew": ("the speakers of {meeting} were told apart anew", "{meeting} 的说话人已重新区分"),
    "names_taken_back": (
        "names taken back, for nobody mostly speaks when they did: {names}",
        "以下姓名已撤回，因为没有说话人与其原先的发言时间大致吻合：{names}",
    ),
    "added": ("stored {count} terms", "已保存 {count} 个词条"),
    "wrote": ("wrote {path} ({size})", "已写入 {path}（{size}）"),
    "retrying": ("{job} is tried again", "{job} 正在重试"),
    "cancelling": ("{job} stops before its next step", "{job} 将在下一步之前停止"),
    "confirm_delete": ("Delete {what} and everything derived from it?", "删除 {what} 及其全部衍生数据？"),
    "confirm_wipe": (
        "Delete every meeting, recording and vector in {home} ({size})? This cannot be undone.",
        "删除 {home} 中的全部会议、录音和索引（{size}）？此操作无法撤销。",
    ),
    "wiped": ("{home} is empty again; settings and models stay", "{home} 已清空；设置与模型保留"),
    "restored": ("restored {files} files to {home}", "已恢复 {files} 个文件到 {home}"),
    "serving": ("Huimai answers at {url}  (Ctrl-C ends it)", "会脉已启动：{url}（Ctrl-C 结束）"),
    "correct_what": (
        "say what to correct: --line with --text or --speaker, or --title, --date, --project",
        "请指定要更正的内容：--line 加 --text 或 --speaker，或者 --title、--date、--project",
    ),
    "reach_of_speaker": ("it goes with --speaker", "须与 --speaker 一起使用"),
    "corrected": (
        "corrected {lines} lines in {meetings} meetings; `huimai corrections undo {id}` takes it back",
        "已更正 {meetings} 场会议中的 {lines} 句；运行 `huimai corrections undo {id}` 可撤销",
    ),
    "corrected_meeting": (
        "corrected; `huimai corrections {id}` lists what was changed",
        "已更正；运行 `huimai corrections {id}` 查看更正记录",
    ),
    "undone": ("undone in {meetings} meetings", "已在 {meetings} 场会议中撤销"),
    "not_a_clock": (
        "'{value}' is not a time; write it like 12:30 or 1:02:03",
        "'{value}' 不是时间；请写成 12:30 或 1:02:03",
    ),
    "nothing_said": ("(nothing)", "（无）"),
    "reheard": (
        "heard again; `huimai rehearings undo {id}` takes it back",
        "已重新识别；运行 `huimai rehearings undo {id}` 可撤销",
    ),
    "rehearing_failed": ("nothing was changed; mend that, then ask again", "未作任何更改；解决后请重试"),
    "rehearing_undone": ("what was heard before is back", "已恢复之前的识别结果"),
    "nobody": ("(nobody known)", "（未知）"),
    "meeting_or_project": ("name a meeting, or a project with --project", "请指定会议，或用 --project 指定项目"),
    "nothing_to_review": ("nothing here deserves a listen", "没有需要复听的内容"),
    "review_next": (
        "listen to them; `huimai review right ID LINE` confirms a line, `huimai correct ID --line LINE` mends it",
        "请复听；无误用 `huimai review right ID LINE` 确认，有误用 `huimai correct ID --line LINE` 更正",
    ),
    "found_right": (
        "{lines} lines are right; `huimai corrections {id}` lists them",
        "已确认 {lines} 句无误；运行 `huimai corrections {id}` 查看",
    ),
    "why_unclear": ("heard with probability {probability}", "识别概率 {probability}"),
    "why_sounds_like": ("{other} is said of the same thing, and sounds alike", "同一事物另处说的是 {other}，读音相近"),
    "why_near_name": (
        "near the name {other}, heard with probability {probability}",
        "与名称“{other}”相近，识别概率 {probability}",
    ),
    "why_overlap": ("others speak at the same time", "同时有他人说话"),
    "apply_next": (
        "`huimai glossary apply` makes and takes back what is pending and outdated",
        "运行 `huimai glossary apply` 可执行待更改项并撤回过时项",
    ),
    "more_changes": ("these are the first {count}; --limit shows more", "以上为前 {count} 处；用 --limit 查看更多"),
    "applied": ("the glossary was applied in {count} meetings", "已在 {count} 场会议中应用术语表"),
    "suggestion": ("{canonical}: heard as '{alias}', {times} times", "{canonical}：听成“{alias}”，{times} 次"),
    "left_out": (
        "{count} questions without truth or without an answer were left out",
        "跳过了 {count} 个没有标注或没有答案的问题",
    ),
    "left_out_recordings": (
        "{count} recordings whose truth does not tell who spoke when were left out",
        "跳过了 {count} 段没有标注各说话人起止时间的录音",
    ),
    "left_out_items": (
        "{count} decisions and actions that the truth links to no line were left out",
        "跳过了 {count} 项没有标注语句的决定和行动项",
    ),
    "left_out_meetings": (
        "{count} meetings of which the ledger says nothing were left out",
        "跳过了 {count} 场没有标注的会议",
    ),
    "reading": ("read {read} of {meetings} meetings", "已阅读 {read}/{meetings} 场会议"),
    "not_read_yet": (
        "{count} meetings are not read yet; without --no-wait they are waited for",
        "还有 {count} 场会议未读；去掉 --no-wait 即可等待",
    ),
    "read_again": ("{read} of {meetings} meetings are read", "{meetings} 场会议中已读 {read} 场"),
    "due": ("due {day}", "{day} 前"),
    "links_apart": ("links that join nothing", "未采用的关联"),
    "is_confirmed": ("confirmed", "已确认"),
    "is_rejected": ("rejected", "已否定"),
    "judge_next": (
        "with both ids, `huimai items confirm` says that a link is right and `huimai items reject` that it is wrong",
        "关联无误用 `huimai items confirm` 加两个 ID 确认，有误用 `huimai items reject` 否定",
    ),
    "link_confirmed": (
        "confirmed; the items tell of one matter, however often the meetings are read",
        "已确认；两项属于同一事项，重读会议也不会改变",
    ),
    "link_rejected": (
        "rejected; the items tell of two matters, however often the meetings are read",
        "已否定；两项属于不同事项，重读会议也不会改变",
    ),
    "not_for_a_screen": (
        "{format} cannot be shown on a screen; name a file with --out",
        "{format} 无法在屏幕上显示，请用 --out 指定文件",
    ),
    "compare_what": (
        "name --from with --to, or --week, or nothing",
        "请同时指定 --from 和 --to，或只指定 --week，或都不指定",
    ),
    "verified": ("{name}: every file is right", "{name}：文件全部正确"),
}
