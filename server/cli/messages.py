"""What the command line says, in English and Chinese. HUIMAI_LANG or the locale chooses; English is the default."""

from __future__ import annotations

import os

_MESSAGES: dict[str, tuple[str, str]] = {
    "error": ("error", "错误"),
    "hint": ("hint", "提示"),
    "stopped": ("stopped", "已停止"),
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
    "opening": ("opening the data home…", "正在打开数据目录…"),
    "opening_failed": ("the server inside this command did not start", "命令内部的服务未能启动"),
    "none": ("nothing here yet", "暂无内容"),
    "no_results": ("nothing was found; try other words or fewer filters", "没有找到；请换个说法或减少过滤条件"),
    "abstained": ("No answer: nothing in the meetings supports one.", "无法回答：会议中没有依据。"),
    "evidence": ("Evidence", "依据"),
    "coverage": (
        "meetings in scope {in_scope}, searched {searched}, read {read}, failed {failed}",
        "范围内会议 {in_scope} 个，检索 {searched} 个，阅读 {read} 个，失败 {failed} 个",
    ),
    "no_model": ("no chat model took part", "没有使用对话模型"),
    "skipped": ("skipped {path}: {reason}", "跳过 {path}：{reason}"),
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
    "cancelled": ("the job was cancelled", "任务已取消"),
    "deleted": ("deleted {what}", "已删除 {what}"),
    "created": ("created {what}", "已创建 {what}"),
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
    "left_out": ("{count} questions without gold spans were left out", "跳过了 {count} 个没有标注位置的问题"),
    "verified": ("{name}: every file is right", "{name}：文件全部正确"),
}


def language() -> str:
    """`zh` or `en`, from HUIMAI_LANG, else the locale's variables."""
    for variable in ("HUIMAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The message of that key in the user's language."""
    english, chinese = _MESSAGES[key]
    return (chinese if language() == "zh" else english).format(**values)
