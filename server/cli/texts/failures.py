"""Why a command refuses or fails, and what to do about it."""

from __future__ import annotations

FAILURES: dict[str, tuple[str, str]] = {
    "bad_setting": ("setting {name}: {reason}", "设置项 {name}：{reason}"),
    "no_such_setting": ("there is no such setting", "没有这个设置项"),
    "bad_setting_hint": (
        "correct {variable} or {file}; `docs/settings.md` lists every setting",
        "请修正 {variable} 或 {file}；全部设置项见 `docs/settings.md`",
    ),
    "bad_variable_hint": ("correct this environment variable", "请修正该环境变量"),
    "bad_settings_file": ("{path} is not valid TOML: {error}", "{path} 不是有效的 TOML：{error}"),
    "bad_settings_file_hint": ("correct it", "请修正该文件"),
    "server_answered": ("the server answered {status} {reason}", "服务返回 {status} {reason}"),
    "port_taken": ("port {port} is in use by another program", "端口 {port} 已被其他程序占用"),
    "port_taken_hint": ("choose another: `huimai serve --port {port}`", "请换一个端口：`huimai serve --port {port}`"),
    "not_bound": ("{host}:{port} cannot be bound ({error})", "无法监听 {host}:{port}（{error}）"),
    "not_bound_hint": ("choose another --host or --port", "请更换 --host 或 --port"),
    "model_wrong": ("{name}: {problem}", "{name}：{problem}"),
    "model_wrong_hint": ("run `huimai models pull {name}`", "运行 `huimai models pull {name}`"),
    "file_unreadable": ("{path}: it cannot be read ({error})", "{path}：无法读取（{error}）"),
    "term_ambiguous": ("several terms are written '{term}'", "有多个术语写作 '{term}'"),
    "term_ambiguous_hint": ("name it by its id: `huimai glossary`", "请改用 ID 指定：运行 `huimai glossary` 查看"),
    "term_unknown": ("there is no term '{term}' in this glossary", "术语表中没有 '{term}'"),
    "term_unknown_hint": ("`huimai glossary` shows them", "运行 `huimai glossary` 查看全部术语"),
    "folder_not_writable": (
        "{path}: its folder is not there or cannot be written",
        "{path}：所在文件夹不存在或无法写入",
    ),
    "folder_not_writable_hint": ("make the folder, or choose another name", "请创建该文件夹，或换一个名称"),
    "series_or_audio": ("give either series or a folder of recordings", "请指定会议系列或录音文件夹，二者选一"),
    "series_or_ledger": (
        "give either series, or meetings with their ledger",
        "请指定会议系列，或同时指定会议文件和标注文件，二者选一",
    ),
    "bad_value": ("{name}: {reason}", "{name}：{reason}"),
    "no_chat_model": ("--chat needs the name of a model", "使用 --chat 时须指定模型名称"),
    "chat_hint": (
        "give it like --chat http://127.0.0.1:8001/v1 --chat-model NAME",
        "写法：--chat http://127.0.0.1:8001/v1 --chat-model 模型名称",
    ),
    "file_exists": ("{path} exists already", "{path} 已存在"),
    "file_exists_hint": ("choose another name, or add --force", "请换一个名称，或加上 --force"),
    "home_busy_hint": (
        "end `huimai serve` or wait until the other command is done",
        "请结束 `huimai serve`，或等待另一条命令完成",
    ),
    "data_elsewhere": (
        "the data is not only in the data home but on servers of yours, which this command does not touch",
        "部分数据存放在自有服务器上，此命令不会改动它们",
    ),
    "data_elsewhere_hint": (
        "empty those databases and the Qdrant collections there, then delete the data home's folder",
        "请先清空相应的数据库和 Qdrant 集合，再删除数据目录",
    ),
    "home_not_empty": ("the data home {home} is not empty", "数据目录 {home} 不为空"),
    "home_not_empty_hint": ("add --force to replace what is there", "加上 --force 可替换现有数据"),
    "backup_unreadable": (
        "{path}: the backup cannot be read ({reason}); nothing was restored",
        "{path}：无法读取备份（{reason}）；未恢复任何内容",
    ),
    "backup_unreadable_hint": (
        "use a file that `huimai backup` wrote, as it wrote it",
        "请使用 `huimai backup` 生成且未经改动的文件",
    ),
    "backup_not_tar": ("it is not a tar file", "不是 tar 文件"),
    "backup_cut": ("it is cut short", "文件不完整"),
    "backup_foreign": (
        "the backup holds '{name}', which is no part of a data home; nothing was restored",
        "备份中的 '{name}' 不属于数据目录；未恢复任何内容",
    ),
    "backup_foreign_hint": ("use a file that `huimai backup` wrote", "请使用 `huimai backup` 生成的文件"),
    "backup_media_damaged": (
        "the recording {name} in the backup is damaged; nothing was restored",
        "备份中的录音 {name} 已损坏；未恢复任何内容",
    ),
    "backup_database_damaged": (
        "the database {name} in the backup is damaged ({found}); nothing was restored",
        "备份中的数据库 {name} 已损坏（{found}）；未恢复任何内容",
    ),
    "backup_damaged_hint": ("use another backup", "请使用其他备份"),
    "backup_no_database": ("the backup has no database; nothing was restored", "备份中没有数据库；未恢复任何内容"),
}
