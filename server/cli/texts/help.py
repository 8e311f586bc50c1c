"""Chinese for the help: a paragraph as it stands in the code, then what a Chinese reader gets instead."""

from __future__ import annotations

HELP: dict[str, str] = {
    # shared
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Start here": "从这里开始",
    "Every day": "日常使用",
    "Keep house": "维护",
    "Example:": "示例：",
    "Show this message and exit.": "显示此帮助并退出。",
    "Print one JSON document on stdout.": "在标准输出打印一个 JSON 文档。",
    "Do not ask for confirmation.": "不再询问确认。",
    "Name of a project.": "项目名称。",
    "Id of a meeting; may be repeated.": "会议 ID，可重复指定。",
    "Name of a speaker.": "发言人姓名。",
    "First date, included: 2026-03-02.": "起始日期（含当天），如 2026-03-02。",
    "Last date, included: 2026-03-31.": "截止日期（含当天），如 2026-03-31。",
    "Name of a search recipe.": "检索方案名称。",
    "Replace what is there.": "覆盖已有内容。",
    "Wait until it has ended.": "等待任务结束。",
    # huimai
    "Huimai 会脉: the memory of a team's meetings. Recordings in, cited answers out, on your own machine.": (
        "会脉 Huimai：团队的会议记忆。导入录音，得到有出处的回答，一切都在自己的机器上完成。"
    ),
    "Show tracebacks and every log record.": "显示错误堆栈和全部日志。",
    "Show the version.": "显示版本号。",
    # doctor
    "Say what works here, what is missing and how to get it.": "检查运行环境：哪些可用、缺少什么、如何补齐。",
    "Exits 1 only if something essential fails.": "仅当必要项不可用时退出码为 1。",
    "Ask remote servers for tiny answers, too; sellers charge for them.": (
        "也向外部服务提几个很短的问题；服务商会收费。"
    ),
    # ingest
    "Add recordings and transcripts to a project.": "将录音和文字记录导入项目。",
    "Folders are walked. A transcript collection (.jsonl) may name its projects itself. Exits 1 if any file failed.": (
        "文件夹会逐层遍历。文字记录合集（.jsonl）可自带项目名称。任一文件失败时退出码为 1。"
    ),
    "Recordings, transcripts or folders of them.": "录音、文字记录，或存放它们的文件夹。",
    "Title of the meeting; one file only.": "会议标题，仅限单个文件。",
    "When it took place: 2026-03-02 or 2026-03-02T10:00+08:00. Otherwise the file says.": (
        "会议时间，如 2026-03-02 或 2026-03-02T10:00+08:00；不填则从文件判断。"
    ),
    "Spoken language: auto, zh, en, ...": "会议语言：auto、zh、en 等。",
    "Which to take when a meeting is there in both forms.": "同一场会议既有录音又有文字记录时，导入哪一种。",
    "Wait until the meetings are searchable.": "等待会议可被检索。",
    # serve
    "Serve the web page and the API, and work on the jobs, until Ctrl-C. Other commands go through it meanwhile.": (
        "启动网页和 API 服务并处理任务，按 Ctrl-C 结束。运行期间其他命令经由它执行。"
    ),
    "Address to bind, 127.0.0.1 unless set; only this machine's own.": "监听地址，默认 127.0.0.1，仅限本机地址。",
    "Port, 8000 unless set; 0 picks a free one.": "端口，默认 8000；0 表示自动选择空闲端口。",
    # ask
    "Ask across meetings; the answer quotes who said it, when and where.": (
        "跨会议提问；回答会注明谁在哪场会议的什么时间说了什么。"
    ),
    "Evidence appears as it is found, then the answer with numbered marks, then the quotes they stand for.": (
        "先显示找到的依据，再给出带编号的回答，最后列出编号对应的原话。"
    ),
    "What you want to know.": "想了解的问题。",
    "Id of a conversation to go on with.": "要继续的对话 ID。",
    "Name of a model tier.": "模型档位名称。",
    # search
    "Find what was said: meeting, date, time, speaker and the words themselves.": (
        "查找说过的话：所在会议、日期、时间、发言人和原话。"
    ),
    "Of each passage the lines nearest to the query are shown; --json has all of it.": (
        "每个片段只显示与查询最接近的几行；--json 给出完整内容。"
    ),
    "Words or a question.": "关键词或问题。",
    "Most results to show.": "最多显示的结果数。",
    # settings
    "Show every setting with its value and source; keys and passwords are masked.": (
        "显示每个设置项的值和来源；密钥和密码会被隐藏。"
    ),
    # export, backup, restore, wipe
    "Write the transcripts to one file, for use elsewhere.": "将文字记录导出为一个文件，供其他工具使用。",
    "The file to write, or a folder for it.": "要写入的文件，或存放它的文件夹。",
    "zip: Markdown and JSON files; jsonl: what `ingest` reads.": (
        "zip：Markdown 和 JSON 文件；jsonl：可用 `ingest` 重新导入的格式。"
    ),
    "Write everything in the data home to one file, also while the server runs.": (
        "将数据目录完整备份为一个文件，服务运行时也可使用。"
    ),
    "The tar file to write, or a folder for it.": "要写入的 tar 文件，或存放它的文件夹。",
    "Fill the data home from a backup; the backup is checked before anything is replaced.": (
        "从备份恢复数据目录；替换任何内容之前会先校验备份。"
    ),
    "A file that `huimai backup` wrote.": "`huimai backup` 生成的文件。",
    "Delete every meeting, recording, vector and conversation. Settings and models stay.": (
        "删除全部会议、录音、索引和对话。设置与模型保留。"
    ),
    # usage
    "What models took and cost, month by month, and what the same calls would cost on other tiers.": (
        "模型的用量和费用，按月查看；也可推算换用其他档位的费用。"
    ),
    "Calls, tokens, seconds and money of a month, and how the budgets stand. This is what `huimai usage` alone does.": (
        "某月的调用、词元、耗时、费用和预算情况。等同于直接运行 `huimai usage`。"
    ),
    "A calendar month (UTC): 2026-11. The running one unless given.": "自然月（UTC），如 2026-11，默认为本月。",
    "What there is a row for each of.": "按什么分行。",
    "What past calls would have cost on other tiers: other models' prices, or hardware of your own.": (
        "推算过去的调用换用其他档位的费用：其他模型的价格，或自购硬件。"
    ),
    "A TOML file with the other tier table: docs/usage.md shows one.": "另一套档位的 TOML 文件，写法见 docs/usage.md。",
    # models
    "List, pull and verify models.": "查看、下载和校验模型。",
    "The catalogue: task, size, licence, and whether it is here. This is what `huimai models` alone does.": (
        "模型目录：用途、大小、许可证和下载状态。等同于直接运行 `huimai models`。"
    ),
    "Bring models here; without names, the set that a fresh machine needs. What arrived before a failure is kept.": (
        "下载模型；不指定名称时下载新机器所需的全部模型。下载失败时已完成的部分会保留。"
    ),
    "Names of models.": "模型名称。",
    "What chat models can do, how much they read, what they cost and whose price that is: the cards that tiers name.": (
        "对话模型的能力、上下文长度、价格及其来源：档位设置中引用的模型卡。"
    ),
    "A window is the native one, then what YaRN stretches it to. Prices are for a million tokens of input and output, "
    "by the length of the prompt.": (
        "上下文先列原生长度，再列 YaRN 扩展后的长度；价格为每百万词元的输入和输出价，按提示长度分档。"
    ),
    "A folder that holds the files, tried first.": "存放模型文件的文件夹，优先从此处获取。",
    "Hash every file of the models that are here. Exits 1 if one is damaged or a named one is missing.": (
        "校验本机模型的全部文件。有模型损坏或指定的模型缺失时退出码为 1。"
    ),
    # meetings
    "List, show and delete meetings.": "列出、查看和删除会议。",
    "The meetings by date. This is what `huimai meetings` alone does.": (
        "按日期列出会议。等同于直接运行 `huimai meetings`。"
    ),
    "The transcript of a meeting, on stdout.": "将会议的文字记录打印到标准输出。",
    "Id of the meeting.": "会议 ID。",
    "How the transcript is written.": "文字记录的格式。",
    "Delete a meeting with its transcript, vectors and recording.": "删除会议及其文字记录、索引和录音。",
    # items
    "Decisions, commitments, questions, risks and measures of a project, and how they changed.": (
        "项目的决定、承诺、问题、风险和指标，以及它们的变化。"
    ),
    "What matters, one entry a matter, oldest first. This is what `huimai items` alone does.": (
        "列出各事项，每项一行，最早的在前。等同于直接运行 `huimai items`。"
    ),
    "What it is; may be repeated. Aims, outcomes, topics and roles are listed only so.": (
        "事项类型，可重复指定。会议目的、结论、话题和角色只有指定时才列出。"
    ),
    "How it stands; may be repeated.": "事项状态，可重复指定。",
    "Whose it is: a name, or a part of one.": "负责人姓名，或其中一部分。",
    "As it stood on a day: 2026-03-02.": "截至某日的情况，如 2026-03-02。",
    "Wait until every meeting has been read.": "等待所有会议阅读完毕。",
    "One matter: what every meeting said of it, word for word, and why that is taken for one matter.": (
        "显示一个事项：每场会议的原话，以及为何视为同一事项。"
    ),
    "Id of an item.": "事项 ID。",
    "Read meetings again, or all of a project. What was said of links stays. Exits 1 if a reading fails.": (
        "重新阅读会议或项目的全部会议。对关联的确认和否定保留。任一会议阅读失败时退出码为 1。"
    ),
    "Ids of meetings.": "会议 ID。",
    "Say that a link is right: both items tell of one matter.": "确认关联无误：两项属于同一事项。",
    "Say that a link is wrong: the items tell of two matters. `huimai items confirm` takes it back.": (
        "否定关联：两项属于不同事项。可用 `huimai items confirm` 撤回。"
    ),
    "Id of the later item.": "后项 ID。",
    "Id of the earlier item.": "前项 ID。",
    "Set fields of an item by hand. They stay however often the meetings are read; quotes stay as they are.": (
        "人工填写事项的字段。重读会议也会保留；引用的原话不变。"
    ),
    "The id of a matter changes what is told of it now, that of a later step what that says.": (
        "事项的 ID 更改其当前内容，后续某一步的 ID 更改该步的内容。"
    ),
    "What it says, in your words.": "用自己的话写明内容。",
    "Whose it is.": "负责人。",
    "By when it is promised.": "承诺的到期日。",
    "What a measure is called.": "指标名称。",
    "The number of a measure.": "指标数值。",
    "The unit of a measure.": "指标单位。",
    "What the item is.": "事项类型。",
    "Nobody is known to own it.": "负责人未知。",
    "No day was said.": "没有说到期日。",
    "How its matter stands.": "事项当前的状态。",
    "Since when it stands so.": "该状态的起始日期。",
    "Say that lines of a meeting tell of something that reading did not find. The quote is what they say.": (
        "把会议中的语句标记为未被识别出的事项。引用的就是这些原话。"
    ),
    "Numbers of its lines.": "语句的编号。",
    "Say that an item is none: it is not found again. The id of a matter removes all that was said of it.": (
        "移除误认的事项，重读会议也不会再出现。用事项的 ID 会移除其全部步骤。"
    ),
    "Say that two matters are one, of one meeting or of two.": "合并两个事项，无论在同一场还是两场会议中。",
    "Id of another item.": "另一事项的 ID。",
    "What the later one does to the earlier one.": "后者对前者的作用。",
    "Take a step out of its matter; or, with --lines for each part, split an item that says several things.": (
        "把一步从所属事项中移出；或用多个 --lines 把说了几件事的一项拆开。"
    ),
    "Lines of a part; once for each.": "一个部分的语句编号，每部分指定一次。",
    "What a part says, in the order of --lines; else what its lines say.": (
        "各部分的内容，与 --lines 的顺序一致；省略时取原话。"
    ),
    "What people said of an item, or of all of a project, the newest first.": (
        "列出对某个事项或整个项目的人工修改，最新的在前。"
    ),
    "Only what could not be kept up: its lines are gone or read otherwise.": (
        "只列出未能沿用的修改：原句已不存在或已更改。"
    ),
    "Take an edit back. Edits made since stay, and so does the record of this one.": (
        "撤销一次人工修改。之后的修改保留，此次记录也保留。"
    ),
    "Id of the edit.": "修改的 ID。",
    # dossier, compare
    "What is known of a project: people, decisions, commitments, questions, risks, measures, a timeline.": (
        "项目档案：人员、决定、承诺、问题、风险、指标和时间线。"
    ),
    "Every statement stands with what was said, by whom and when.": "每条内容都附有原话、说话人和时间。",
    "Only what it says otherwise than on a day, or in a version.": "只列出与某一天或某一版本相比的变化。",
    "Why it says one thing: the `key` of a claim in --json.": "一条内容的依据：取 --json 中该条的 `key`。",
    "How it is written; ics: the open commitments with a due date.": "输出格式；ics 为有到期日的未完成承诺。",
    "A file to write it to.": "要写入的文件。",
    "What is new, changed, closed, carried on, dropped or in conflict, both sides in the words that were said.": (
        "列出新增、变化、了结、延续、到期未提和说法不一的事项，前后均附原话。"
    ),
    "The last two days of meetings are compared unless others are named.": "不指定时比较最近两个会议日。",
    "A meeting's id, 2026-03-02, 2026-W11, 2026-03, or A..B.": "会议 ID、2026-03-02、2026-W11、2026-03，或 起..止。",
    "What that is compared with.": "与之比较的时间，写法相同。",
    "A week, 2026-W11, with the one before.": "某一周（如 2026-W11）与前一周比较。",
    "A month, 2026-03, with the one before.": "某一月（如 2026-03）与前一月比较。",
    "Name of a project; may be repeated.": "项目名称，可多次指定。",
    "Only what this person speaks of; may be repeated.": "只看此人说到的事项，可多次指定。",
    "Only what people of this side speak of: see `huimai speakers side`.": (
        "只看这一方的人说到的事项，见 `huimai speakers side`。"
    ),
    # kept reports
    "Review a meeting by a template, and keep reports: they stay as they were built, and say when they are stale.": (
        "按模板回顾会议，并保存报告：内容保持生成时的样子，过时会标明。"
    ),
    "Build a comparison, a dossier or a review, and keep it as it is now.": (
        "生成比较、档案或回顾，并照现在的内容保存。"
    ),
    "What it is.": "报告类型。",
    "Id of the meeting to review.": "要回顾的会议 ID。",
    "What to call it.": "报告名称。",
    "The reports that are kept, the newest first, and which of them are stale.": (
        "列出保存的报告，最新的在前，并标明哪些已过时。"
    ),
    "Id of the report.": "报告 ID。",
    "The newest unless given.": "版本号，默认最新。",
    "A report as it was built, and whether it still holds.": "查看生成时的报告，以及它是否仍然有效。",
    "Build a report anew. What differs becomes a new version; the old ones stay.": (
        "重新生成报告。内容不同时存为新版本，旧版本保留。"
    ),
    "Delete a report with all its versions.": "删除报告及其全部版本。",
    "Have projects compared every week: the seven days before with the seven before those.": (
        "每周自动比较项目：前七天与再前七天。"
    ),
    "Have a report made every week from now on. One that was missed is made when `huimai` runs again.": (
        "从现在起每周生成一份报告。错过的会在 `huimai` 再次运行时补上。"
    ),
    "A day of the week and a time: mon 09:00.": "星期和时间：mon 09:00 或 周一 09:00。",
    "The time zone, Asia/Shanghai; that of this machine unless given.": "时区，如 Asia/Shanghai；默认为本机时区。",
    "What is made every week, and when it is due next. This is what `huimai report schedule` alone does.": (
        "列出每周生成的报告和下次时间。等同于直接运行 `huimai report schedule`。"
    ),
    "Make it no more. The reports that were made stay.": "停止每周生成，已生成的报告保留。",
    "Id of the schedule.": "每周报告 ID。",
    # sides
    "Say on which side somebody is, so that `huimai compare --side` knows whose words to take.": (
        "标明某人是客户还是己方，供 `huimai compare --side` 使用。"
    ),
    "What transcripts call the person.": "此人在会议记录里的名字。",
    "On which side; unknown takes it back.": "哪一方；unknown 为撤回。",
    "Who speaks in a project's meetings, and on which side.": "列出项目会议里的说话人，以及各是哪一方。",
    # report, templates
    "Review a meeting by a template: what was said for each of its sections, word for word.": (
        "按模板回顾一场会议：每一节都列出原话。"
    ),
    "With --from or --to, only what is said in that span.": "指定 --from 或 --to 时，只看这一段。",
    "Name of a template: `huimai templates` lists them.": "模板名称，可用 `huimai templates` 查看。",
    "How it is written.": "输出格式。",
    "Review templates: list and show them, and check your own.": "回顾模板：列出、查看，以及检查自己写的模板。",
    "The templates, yours and those that come with Huimai. This is what `huimai templates` alone does.": (
        "列出自带的和自定义的模板。等同于直接运行 `huimai templates`。"
    ),
    "The file of a template: a start for one of your own, which goes into `templates/` of the data home.": (
        "打印模板文件，可作为自定义模板的起点；自定义模板放在数据目录的 `templates/` 中。"
    ),
    "Name of a template.": "模板名称。",
    "Say whether a file is a template, and if not, what is wrong in which field. Exits 1 then.": (
        "检查文件是否为有效的模板；无效时指出哪个字段有什么问题，退出码为 1。"
    ),
    "A template's file.": "模板文件。",
    # correct, corrections
    "Correct a line, its speaker, or a meeting's title, date and project. Search follows.": (
        "更正一句话、说话人，或会议的标题、日期和项目。检索随之更新。"
    ),
    'Lines are numbered from 0: `huimai meetings show ID --json` shows the numbers as "i".': (
        '行号从 0 开始：`huimai meetings show ID --json` 中的 "i" 即为行号。'
    ),
    "Number of the line.": "行号。",
    "What the line says.": "这句话的正确文字。",
    "Who says it; an empty name makes it unknown.": "说话人姓名；空名表示未知。",
    "Which lines of that speaker change: this one, the later ones too, all of the meeting, or of the project.": (
        "该说话人的哪些句子一并更正：仅此句、此句及之后、整场会议，或整个项目。"
    ),
    "Title of the meeting.": "会议标题。",
    "When it took place.": "会议日期。",
    "The project it belongs to.": "所属项目。",
    "Who corrects, for the record.": "更正人，用于记录。",
    "List what was corrected in a meeting, and undo it.": "查看会议的更正记录，或撤销更正。",
    "The corrections of a meeting, newest first. This is what `huimai corrections` with an id alone does.": (
        "列出会议的更正，最新的在前。等同于 `huimai corrections` 加会议 ID。"
    ),
    "Undo a correction, in every meeting that it changed. Corrections made since stay.": (
        "撤销一次更正，涉及的会议一并恢复。之后的更正保持不变。"
    ),
    "Id of the correction.": "更正 ID。",
    # review
    "List the numbers, names and speakers of a meeting that deserve a listen, and confirm them.": (
        "列出会议中值得复听的数字、名称和说话人，并确认无误。"
    ),
    "What of a meeting deserves a listen, line by line; of every meeting of a project with --project. This is what "
    "`huimai review` with an id alone does.": (
        "逐句列出会议中值得复听之处；加 --project 则列出项目的全部会议。等同于 `huimai review` 加会议 ID。"
    ),
    "Say that lines were listened to and are right. They stay as they are; `huimai corrections undo` takes it back.": (
        "确认这些句子已复听无误，此后保持不变；可用 `huimai corrections undo` 撤销。"
    ),
    "Numbers of the lines.": "行号。",
    "Who listened, for the record.": "复听人，用于记录。",
    # rehear, rehearings
    "Hear a span of a recording again. Lines, search and answers follow; corrections and names stay.": (
        "重新识别录音中的一段。文字记录、检索和回答随之更新；更正和姓名保留。"
    ),
    "Shows what was heard before and now. At most ten minutes at once.": ("显示之前和现在的识别结果。每次最长十分钟。"),
    "Where the span begins: 12:30.": "起始时间，如 12:30。",
    "Where it ends: 13:05.": "结束时间，如 13:05。",
    "What is spoken there: zh, en, ... or auto; unless given, the meeting's language if it has only one.": (
        "这一段的语言：zh、en 等，或 auto；不填时，若会议只有一种语言则用该语言。"
    ),
    "Another recogniser that is on this machine.": "本机已有的另一个识别模型。",
    "Who asks, for the record.": "操作人，用于记录。",
    "List what was heard again in a meeting, and undo it.": "查看会议中重新识别过的片段，或撤销。",
    "What was heard again in a meeting, newest first. This is what `huimai rehearings` with an id alone does.": (
        "列出会议中重新识别过的片段，最新的在前。等同于 `huimai rehearings` 加会议 ID。"
    ),
    "Give back what was heard before. Spans that were heard again since stay.": (
        "恢复之前的识别结果。之后重新识别的片段保持不变。"
    ),
    "Id of the rehearing.": "重新识别记录的 ID。",
    # projects
    "List, make, edit and delete projects.": "列出、创建、修改和删除项目。",
    "The projects by name. This is what `huimai projects` alone does.": (
        "按名称列出项目。等同于直接运行 `huimai projects`。"
    ),
    "Make a project. `huimai ingest` makes it too, when it is new.": (
        "创建项目。`huimai ingest` 遇到新项目时也会自动创建。"
    ),
    "No server outside your control is told anything of it.": "它的任何内容都不会发给外部服务器。",
    "Make a project private, or let it be so no longer. What has been sent before is not called back.": (
        "将项目设为私密，或取消私密。此前已发出的内容无法收回。"
    ),
    "Whether servers outside your control are told nothing of it.": "是否禁止把它的任何内容发给外部服务器。",
    "Name of the project.": "项目名称。",
    "Delete a project and its glossary. Its meetings have to be deleted first.": (
        "删除项目及其术语表。须先删除项目中的会议。"
    ),
    # route
    "Which model would do a piece of work, why, and what it would cost. Nothing is asked of a model.": (
        "查看一项工作会交给哪个模型、为什么、要花多少。不会调用任何模型。"
    ),
    "Name a meeting, or say how much there is to read.": "请指定会议，或说明要读的量。",
    "Id of a meeting.": "会议 ID。",
    "What a model is wanted for.": "需要模型做什么。",
    "Minutes of recordings.": "录音分钟数。",
    "Tokens to read.": "要读的词元数。",
    "As for a private project.": "按私密项目处理。",
    "Show every decision, tier and figure.": "显示每一步决定、每一档模型和各项数字。",
    # speakers
    "Who speaks in a recording, by name where somebody has said it, and whose voice is known.": (
        "录音里谁在说话：已有人指认的显示姓名，并列出哪些人的声音已被记住。"
    ),
    "The speakers of a recording: number, name or who it may be, and a line of theirs to listen to.": (
        "列出录音里的说话人：编号、姓名或可能是谁，以及一句可供试听的原话。"
    ),
    "Say who the speakers are. Transcripts, answers and search follow, in every meeting where the voices are known.": (
        "指认说话人。文字记录、回答和搜索随之更新，认得出这个声音的其他会议也一并更新。"
    ),
    "Who a speaker is: 2=Mina. 2= makes speaker 2 unknown again.": "指明说话人：2=姓名；写成 2= 则恢复为未知。",
    "Keep the voices, so that they are recognised in the project's other meetings; says who agreed.": (
        "记住这个声音，以便在该项目的其他会议里认出；内容写明是谁同意的。"
    ),
    "How many people speak, if you know: 4, 2-5. Otherwise as many as are heard.": (
        "有几个人发言（已知时填写）：如 4 或 2-5；不填则按听到的人数。"
    ),
    "Tell the speakers of a recording apart anew: with their number, or where that was not done yet.": (
        "重新区分一段录音的说话人：给出人数，或此前尚未区分时使用。"
    ),
    "A name stays with the speaker who mostly speaks when it did before; where nobody does, it is taken back.": (
        "姓名会保留给发言时间大体一致的说话人；没有这样的说话人时，姓名会被收回。"
    ),
    "Who is known in a project, and the meetings that each voice was learnt from.": (
        "列出项目里已认识的人，以及每个声音来自哪些会议。"
    ),
    "Delete all of a person's voice data, for good.": "永久删除某人的全部声音数据。",
    "Write a person's name otherwise in all meetings. With the name of another person the two become one.": (
        "更正某人的姓名，所有会议随之更新；改成另一人的姓名则两者合并。"
    ),
    "What the person is called from now on.": "今后使用的姓名。",
    "Id of the person.": "人员编号。",
    "The lines that a voiceprint was made of, to listen to before it is trusted or dropped.": (
        "列出声纹所依据的原话，可先回听，再决定保留或去掉。"
    ),
    "Take one meeting's voice out of a profile that it has spoilt.": "从声音档案里去掉混入的某场会议的声音。",
    "Id of the voiceprint.": "声纹编号。",
    # glossary
    "Names and terms: how they are written, and what recognisers write instead.": (
        "术语表：人名和术语的正确写法，以及常见的识别错误。"
    ),
    "The shared terms and, for a project, its own. This is what `huimai glossary` alone does.": (
        "列出共用术语，指定项目时也包括该项目的术语。等同于直接运行 `huimai glossary`。"
    ),
    "Add a term, or replace it. Without a project every project shares it.": (
        "添加术语，已有则替换。不指定项目时由所有项目共用。"
    ),
    "The term as it should be written.": "术语的正确写法。",
    "What is heard or written instead; may be repeated.": "常见的误听或误写，可重复指定。",
    "What it names: term, person, product, ...": "所指类型：term、person、product 等。",
    "Add the terms of a file. The list may also be called `terms` or `glossary`, or stand alone in a JSON file.": (
        "从文件导入术语。列表也可命名为 `terms` 或 `glossary`，JSON 文件也可只含一个列表。"
    ),
    "TOML or JSON with a list `term`: canonical, aliases, kind.": (
        "含 `term` 列表的 TOML 或 JSON 文件，字段为 canonical、aliases、kind。"
    ),
    "Remove a term. Text that was corrected with it stays as it is.": "删除术语。已据此更正的文字保持不变。",
    "The term, or its id.": "术语或其 ID。",
    "What the glossary has changed in stored lines (made), and what it would change (pending) or take back (outdated) "
    "now that it has become another.": (
        "列出术语表对已存文字所作的更改（已更改），以及术语表修改后将要更改（待更改）或撤回（已过时）之处。"
    ),
    "About how many changes are shown.": "大约显示多少处更改。",
    "Derive anew the stored meetings in which the glossary would change or take back something. What people corrected "
    "stays.": "重新整理术语表会更改或撤回内容的会议。人工更正保持不变。",
    "Give a line its own words again, as they are without the glossary; `huimai corrections undo` takes it back.": (
        "让一句话恢复术语表更改之前的文字；可用 `huimai corrections undo` 撤销。"
    ),
    "Terms that people wrote in corrections where something like them was heard, with the command that adds each.": (
        "从人工更正中归纳出的术语及其误听形式，并给出添加命令。"
    ),
    # jobs, reindex
    "See, follow, retry and cancel ingests.": "查看、跟踪、重试和取消导入任务。",
    "The jobs and where they stand. This is what `huimai jobs` alone does.": (
        "列出任务及其进展。等同于直接运行 `huimai jobs`。"
    ),
    "Only those that have not ended.": "仅显示未结束的任务。",
    "One job in full.": "显示一个任务的全部信息。",
    "Id of the job, or of its meeting.": "任务 ID 或对应的会议 ID。",
    "Try a failed job again; what it had finished is kept.": "重试失败的任务；已完成的部分会保留。",
    "Stop a job before its next step; `retry` goes on from there.": "让任务在下一步之前停止；`retry` 可从该处继续。",
    "Follow the jobs until all have ended; also does the work when no server runs. Exits 1 if one fails.": (
        "跟踪任务直到全部结束；没有服务运行时也会处理任务。任一任务失败时退出码为 1。"
    ),
    "Rebuild the search index from the stored transcripts.": "根据已存的文字记录重建检索索引。",
    # eval
    "Score transcripts, speakers, retrieval, answers and the ledger against truth files; nothing of it is kept.": (
        "用标准答案评测转写、说话人、检索、回答和台账，过程数据不保留。"
    ),
    "Index the meetings, ask the questions, count what was found.": "为会议建立索引并逐题检索，统计命中情况。",
    "A hit is a result that holds lines of a gold span, or a gold line.": (
        "结果包含标注区间内的语句或标注的语句，即为命中。"
    ),
    "Meetings, JSON Lines, may be gzipped.": "会议文件，JSON Lines 格式，可用 gzip 压缩。",
    "Questions with gold spans or evidence.": "带标注区间或标注语句的问题。",
    "What each question is searched in.": "每个问题的检索范围。",
    "Words of packed evidence.": "依据的字数上限。",
    "Ingest a series, ask its truth questions, count what the answers hold and cite. No model judges.": (
        "导入一组会议并提出标准问题，统计回答的内容和引用。不使用模型评判。"
    ),
    "A series: truth.json, <date>.truth.json, <date>.m4a or .vtt; may be repeated.": (
        "一组会议：truth.json、<date>.truth.json、<date>.m4a 或 .vtt，可重复指定。"
    ),
    "Address of a chat server that speaks the OpenAI protocol, in place of the one that is set.": (
        "兼容 OpenAI 协议的对话服务地址，替代现有设置。"
    ),
    "Name of its model.": "该服务上的模型名称。",
    "The key of a chat server is taken from HUIMAI_AGENTS__CHAT_API_KEY.": (
        "对话服务的密钥取自环境变量 HUIMAI_AGENTS__CHAT_API_KEY。"
    ),
    "What the meetings are ingested from.": "从录音还是文字记录导入会议。",
    "Write every question with what came of it to this file, JSON Lines.": (
        "将每个问题及其结果写入此文件，JSON Lines 格式。"
    ),
    "Ingest recordings, count what was heard wrong: characters in Chinese (cer), words in English (wer).": (
        "导入录音并统计听错之处：中文按字计算 (cer)，英文按词计算 (wer)。"
    ),
    "Numbers, case, punctuation and script are brought to one form before. cpwer also asks who said it; terms_right "
    "and terms_raw are the glossary's terms found after and before cleaning, new_errors what cleaning made wrong.": (
        "统计前先统一数字、大小写、标点和繁简写法。cpwer 同时考察说话人；terms_right 和 terms_raw 是文本整理后和整理前"
        "写对的术语比例，new_errors 是整理时改错的比例。"
    ),
    "Ingest recordings, count when the wrong speakers were heard (der, jer) and how many were found.": (
        "导入录音，统计说话人判断有误的时长 (der、jer) 和识别出的人数。"
    ),
    "No collar is forgiven, and overlap counts. cpwer are words heard wrong or with the wrong speaker; "
    "word_attribution is the share of the rightly heard words that stand with the right speaker.": (
        "边界误差不予宽容，重叠语音一并计入。cpwer 是听错或归错说话人的比例；word_attribution 是听对的字词中归对说话人"
        "的比例。"
    ),
    "A series: truth.json, <date>.truth.json, <date>.m4a; may be repeated.": (
        "一组会议：truth.json、<date>.truth.json、<date>.m4a，可重复指定。"
    ),
    "A folder of recordings, each with a .json of the same name that holds what is said.": (
        "录音文件夹，每个录音配有同名 .json，其中是所说的内容。"
    ),
    "Write every recording with what was heard to this file, JSON Lines.": (
        "将每个录音及识别结果写入此文件，JSON Lines 格式。"
    ),
    "Read meetings for decisions, commitments, questions, risks and numbers, and count what is found.": (
        "从会议中找出决定、承诺、问题、风险和数字，统计找到的比例。"
    ),
    "What is found is paired with the truth by the lines it stands on, one to one. p is precision, r recall; of a "
    "series, delta_f1 tells how well what changed between two meetings is listed; cue_baseline is what cue words alone "
    "find.": (
        "找到的内容按所依据的语句与标准答案一对一配对。p 为精确率，r 为召回率；对会议系列，delta_f1 "
        "表示两次会议之间的变化列得有多准；cue_baseline 是仅凭线索词的结果。"
    ),
    "A series: truth.json, <date>.truth.json and, for audio, <date>.m4a; may be repeated.": (
        "一组会议：truth.json、<date>.truth.json，从录音评测时还需 <date>.m4a，可重复指定。"
    ),
    "What the lines of a series are taken from.": "系列会议的语句取自录音还是文字记录。",
    "Their decisions and actions, JSON Lines, may be gzipped.": (
        "这些会议的决定和行动项，JSON Lines 格式，可用 gzip 压缩。"
    ),
    "Write every item, link and change, found and true, with what it matched to this file, JSON Lines.": (
        "将每一项内容、关联和变化（找到的和标准的）及其配对结果写入此文件，JSON Lines 格式。"
    ),
    "Write a Markdown report to this file and its plots beside it.": "将 Markdown 报告写入此文件，图表存放在旁边。",
}
