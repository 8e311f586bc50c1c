"""What the commands that edit items say."""

from __future__ import annotations

EDITS: dict[str, tuple[str, str]] = {
    "not_lines": (
        "'{value}' names no lines; write their numbers like 12 or 12,13",
        "'{value}' 不是句号；请写成 12 或 12,13",
    ),
    "edit_what": (
        "say what to set: --owner, --due, --text, --kind, --name, --value, --unit or --status",
        "请指定要填写的内容：--owner、--due、--text、--kind、--name、--value、--unit 或 --status",
    ),
    "set_or_not": ("a field is either set or cleared", "同一字段不能既填写又清空"),
    "text_of_part": ("each --text goes with a --lines before it", "每个 --text 须对应一个 --lines"),
    "item_or_project": ("name an item, or a project with --project", "请指定事项，或用 --project 指定项目"),
    "edited": (
        "set by hand; `huimai items history {id}` lists it, `huimai items undo` takes it back",
        "已人工填写；运行 `huimai items history {id}` 查看，`huimai items undo` 可撤销",
    ),
    "item_added": (
        "added; it stays however often the meeting is read; `huimai items history {id}` lists it",
        "已添加，重读会议也会保留；运行 `huimai items history {id}` 查看",
    ),
    "item_removed": (
        "removed; it is not found again; `huimai items undo {id}` takes it back",
        "已移除，重读会议也不会再出现；运行 `huimai items undo {id}` 可撤销",
    ),
    "items_merged": (
        "merged; `huimai items history {id}` lists it, `huimai items undo` takes it back",
        "已合并；运行 `huimai items history {id}` 查看，`huimai items undo` 可撤销",
    ),
    "item_split": (
        "split; `huimai items history {id}` lists it, `huimai items undo` takes it back",
        "已拆分；运行 `huimai items history {id}` 查看，`huimai items undo` 可撤销",
    ),
    "edit_undone": (
        "undone; `huimai items history {item}` lists what stands",
        "已撤销；运行 `huimai items history {item}` 查看现有记录",
    ),
    "was_undone": ("undone {at}", "已于 {at} 撤销"),
    "not_applied": (
        "not applied: its lines are gone or read otherwise",
        "未生效：原句已不存在或已更改",
    ),
    "edits_lost": (
        "{count} edits could not be kept up; `huimai items history --project NAME --lost` lists them",
        "{count} 处人工填写未能沿用；运行 `huimai items history --project 项目 --lost` 查看",
    ),
    "op_change": ("set by hand", "人工填写"),
    "op_status": ("status told", "人工标记状态"),
    "op_add": ("added", "添加"),
    "op_remove": ("removed", "移除"),
    "op_split": ("split", "拆分"),
    "op_merge": ("merged", "合并"),
    "op_confirm": ("link confirmed", "确认关联"),
    "op_reject": ("link rejected", "否定关联"),
    "field_kind": ("kind", "类型"),
    "field_text": ("text", "文字"),
    "field_owner": ("owner", "负责人"),
    "field_due": ("due", "到期"),
    "field_name": ("name", "名称"),
    "field_value": ("value", "数值"),
    "field_unit": ("unit", "单位"),
    "field_status": ("status", "状态"),
    "field_on": ("since", "起始"),
    "field_type": ("link", "关联"),
    "field_lines": ("lines", "句号"),
    "field_parts": ("parts", "部分"),
    "nothing_known": ("(not known)", "（未知）"),
    "by_hand": ("set by hand: {fields}", "人工填写：{fields}"),
}
