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
        "nobody was told apart here: transcripts bring their own speakers, and a recording that was ingested before "
        "voices were has to be deleted and ingested again",
        "这里没有区分说话人：文字稿自带说话人；早先导入的录音需要删除后重新导入",
    ),
    "maybe": ("perhaps {name} ({cosine})", "可能是{name}（{cosine}）"),
    "names_changed": (
        "names have changed in {count} meetings",
        "{count} 场会议的说话人姓名已更新",
    ),
    "named_twice": ("speaker {speaker} is named twice", "说话人 {speaker} 指定了两次"),
    "not_numbered": ("'{given}' does not say who a speaker is: 2=Mina does", "“{given}”没有指明说话人，请写成 2=姓名"),
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
    "nobody": ("(nobody known)", "（未知）"),
    "left_out": (
        "{count} questions without truth or without an answer were left out",
        "跳过了 {count} 个没有标注或没有答案的问题",
    ),
    "left_out_recordings": (
        "{count} recordings whose truth does not tell who spoke when were left out",
        "跳过了 {count} 段没有标注各说话人起止时间的录音",
    ),
    "verified": ("{name}: every file is right", "{name}：文件全部正确"),
}
