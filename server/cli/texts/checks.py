"""What `huimai doctor` found, and what to do about it."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    "settings_valid": ("every setting is valid", "所有设置均有效"),
    "privacy_offline": (
        "HUIMAI_OFFLINE is set: no other machine is asked or told anything, and no model is downloaded",
        "已设置 HUIMAI_OFFLINE：不向其他机器发送任何内容，也不下载模型",
    ),
    "privacy_unused": ("not used: {servers}", "停用：{servers}"),
    "privacy_servers": (
        "what is not private may be sent to {servers}",
        "非私密项目的内容可能会发给 {servers}",
    ),
    "privacy_here": (
        "no server outside your control is set: nothing is sent to any",
        "未设置外部服务器：不向外发送任何内容",
    ),
    "privacy_stores": ("everything is stored at {stores}", "所有数据存放在 {stores}"),
    "privacy_stores_hint": (
        "private projects and HUIMAI_OFFLINE rule over models, not over where you keep your data",
        "私密项目和 HUIMAI_OFFLINE 约束的是模型，不是数据的存放位置",
    ),
    "python_here": ("Python {version} on {system} {machine}", "Python {version}，{system} {machine}"),
    "packages_from_source": ("huimai is run from its source, not installed", "huimai 未安装，正从源代码运行"),
    "packages_missing": ("not installed: {names}", "未安装：{names}"),
    "packages_here": ("huimai {version} with {count} packages", "huimai {version}，依赖包 {count} 个"),
    "machine_here": ("{cores} cores, {memory} memory, {gpu}", "CPU {cores} 核，内存 {memory}，{gpu}"),
    "machine_small": (
        "with less than 4 GiB use a chat server: HUIMAI_AGENTS__CHAT_BASE_URL",
        "内存不足 4 GiB，建议改用对话模型服务：设置 HUIMAI_AGENTS__CHAT_BASE_URL",
    ),
    "gpu_none": ("no GPU (none is needed)", "无 GPU（不需要）"),
    "gpu_silent": ("a GPU whose driver does not answer", "有 GPU，但驱动没有响应"),
    "gpu_here": ("GPU {name}", "GPU {name}"),
    "home_free": ("{folder}, {free} free", "{folder}，剩余 {free}"),
    "home_locked": ("{folder} cannot be written", "{folder} 无法写入"),
    "home_locked_hint": ("set HUIMAI_HOME to a folder of yours", "请将 HUIMAI_HOME 设为有写入权限的文件夹"),
    "home_full_hint": (
        "free some space, or set HUIMAI_HOME to another disk",
        "请清理磁盘空间，或将 HUIMAI_HOME 设到其他磁盘",
    ),
    "home_tight_hint": (
        "an hour of recording takes up to 700 MB; free some space soon",
        "每小时录音最多占用 700 MB，请尽快清理磁盘空间",
    ),
    "model_here": ("{model}, {size}", "{model}，{size}"),
    "model_damaged": ("{model}: {problem}", "{model}：{problem}"),
    "model_missing": (
        "{model} is not here yet ({size}); until then {without}",
        "{model} 尚未下载（{size}）；下载前{without}",
    ),
    "chosen_gpu": ("auto: the largest here, for the GPU", "auto：本机最大的模型，使用 GPU"),
    "chosen_cpu": ("auto: the largest here that a CPU runs in time", "auto：本机 CPU 跑得动的最大模型"),
    "chosen_language": (
        "{model} for meetings ingested with --language {language}, the language it was made for",
        "以 --language {language} 导入的会议使用专为该语言而做的 {model}",
    ),
    "chosen_none_here": ("auto: the default, none is here", "auto：默认模型，本机尚无任何模型"),
    "without_second": (
        "recordings with doubtful passages cannot be transcribed",
        "含存疑片段的录音无法转写",
    ),
    "speech_served": ("{model} by {protocol}, {about}", "模型 {model}，协议 {protocol}，{about}"),
    "speech_own": ("under your control", "由您自己掌控"),
    "speech_remote": (
        "outside your control: recordings of private projects are not transcribed",
        "不由您掌控：私有项目的录音不会转写",
    ),
    "speech_offline": (
        "{url} is on another machine, and HUIMAI_OFFLINE is set; recordings cannot be transcribed",
        "{url} 在另一台机器上，而已设置 HUIMAI_OFFLINE；无法转写录音",
    ),
    "speech_offline_hint": (
        "unset HUIMAI_INGESTION__SPEECH_BASE_URL, or HUIMAI_OFFLINE",
        "请取消 HUIMAI_INGESTION__SPEECH_BASE_URL 或 HUIMAI_OFFLINE",
    ),
    "speech_silent_hint": (
        "start it, or correct HUIMAI_INGESTION__SPEECH_BASE_URL; until then recordings cannot be transcribed",
        "请启动该服务或修正 HUIMAI_INGESTION__SPEECH_BASE_URL；在此之前无法转写录音",
    ),
    "speech_refused_hint": ("set HUIMAI_INGESTION__SPEECH_API_KEY", "请设置 HUIMAI_INGESTION__SPEECH_API_KEY"),
    "without_speech": ("recordings cannot be transcribed", "无法转写录音"),
    "without_speakers": ("no recording can be ingested", "无法导入录音"),
    "without_embedding": ("meetings cannot be indexed or searched", "无法索引和检索会议"),
    "without_chat": ("questions are answered with ranked quotes", "提问时只返回按相关度排序的原话"),
    "without_reranker": ("searches are ranked without it", "检索按原有方式排序"),
    "reranker_off": ("none is set, and none is needed", "未设置（不需要）"),
    "reranker_no_engine": (
        "the engine is not installed; searches are ranked without it",
        "未安装重排序引擎；检索按原有方式排序",
    ),
    "reranker_silent_hint": (
        "start it, or correct HUIMAI_RETRIEVAL__RERANKER_BASE_URL; until then searches are ranked without it",
        "请启动该服务或修正 HUIMAI_RETRIEVAL__RERANKER_BASE_URL；在此之前检索按原有方式排序",
    ),
    "reranker_refused_hint": ("set HUIMAI_RETRIEVAL__RERANKER_API_KEY", "请设置 HUIMAI_RETRIEVAL__RERANKER_API_KEY"),
    "chat_off": ("switched off; questions are answered with ranked quotes", "已关闭；提问时只返回按相关度排序的原话"),
    "chat_no_engine": (
        "the embedded engine is not installed; answers are ranked quotes",
        "未安装内置推理引擎；提问时只返回按相关度排序的原话",
    ),
    "chat_no_engine_hint": (
        "pip install xllamacpp, or set HUIMAI_AGENTS__CHAT_BASE_URL",
        "运行 pip install xllamacpp，或设置 HUIMAI_AGENTS__CHAT_BASE_URL",
    ),
    "chat_no_address": ("the chat server's address is not set", "未设置对话模型服务的地址"),
    "chat_no_address_hint": ("set HUIMAI_AGENTS__CHAT_BASE_URL", "请设置 HUIMAI_AGENTS__CHAT_BASE_URL"),
    "embedding_served": (
        "{model}, vectors of {dimensions} numbers",
        "{model}，向量维度 {dimensions}",
    ),
    "embedding_silent_hint": (
        "start it, or correct HUIMAI_INGESTION__EMBEDDING_BASE_URL; until then meetings cannot be indexed or searched",
        "请启动该服务或修正 HUIMAI_INGESTION__EMBEDDING_BASE_URL；在此之前无法索引和检索会议",
    ),
    "embedding_refused_hint": (
        "set HUIMAI_INGESTION__EMBEDDING_API_KEY",
        "请设置 HUIMAI_INGESTION__EMBEDDING_API_KEY",
    ),
    "embedding_unserved_hint": (
        "set HUIMAI_INGESTION__EMBEDDING_MODEL to one that it has",
        "请将 HUIMAI_INGESTION__EMBEDDING_MODEL 设为该服务已有的模型",
    ),
    "server_silent": ("{url} does not answer ({error})", "{url} 没有响应（{error}）"),
    "chat_silent_hint": (
        "start it, or correct HUIMAI_AGENTS__CHAT_BASE_URL; until then answers are ranked quotes",
        "请启动该服务或修正 HUIMAI_AGENTS__CHAT_BASE_URL；在此之前提问只返回按相关度排序的原话",
    ),
    "server_refused": ("{url} refuses the key", "{url} 拒绝了该密钥"),
    "chat_refused_hint": ("set HUIMAI_AGENTS__CHAT_API_KEY", "请设置 HUIMAI_AGENTS__CHAT_API_KEY"),
    "server_answers": ("{url} answers", "{url} 响应正常"),
    "server_web_page": (
        "{url} answers with a web page, not as a model server",
        "{url} 返回的是网页，不是模型服务",
    ),
    "key_unusable": (
        "the key for {url} has a space, a line break or a foreign letter in it, and was not sent",
        "{url} 的密钥含有空格、换行或非英文字符，未发送",
    ),
    "tier_silent_hint": (
        "start it, or correct agents.servers.{server}.base_url; until then the next tier takes its work",
        "请启动该服务或修正 agents.servers.{server}.base_url；在此之前由下一档位的模型代劳",
    ),
    "tier_refused_hint": ("correct agents.servers.{server}.api_key", "请修正 agents.servers.{server}.api_key"),
    "models_unlisted": ("it does not list its models", "该服务不提供模型列表"),
    "model_served": ("{model} is there", "{model} 可用"),
    "window_served": ("{model} is there with a window of {tokens} tokens", "{model} 可用，上下文 {tokens} 个词元"),
    "window_narrow": ("{wanted} are counted on", "而设置要求 {wanted}"),
    "window_narrow_hint": (
        "start it with --max-model-len {wanted}, or set {setting} to {served}",
        "请以 --max-model-len {wanted} 启动，或将 {setting} 设为 {served}",
    ),
    "model_unserved": ("it serves {names}, not {model}", "它提供的是 {names}，没有 {model}"),
    "model_unserved_hint": (
        "start it with --served-model-name {model}, or set the tier's served_as to what the server calls it",
        "请以 --served-model-name {model} 启动，或将该档位的 served_as 设为服务中的模型名",
    ),
    "thinks_apart": ("thoughts come apart from answers", "思考与回答分开返回"),
    "thinks_inside": ("thoughts come inside answers", "思考混在回答里返回"),
    "parser_hint_vllm": (
        "start vLLM with --reasoning-parser qwen3, or the parser of the model's family",
        "请以 --reasoning-parser qwen3（或该模型系列的解析器）启动 vLLM",
    ),
    "parser_hint_llama": (
        "start llama-server with --jinja --reasoning-format deepseek",
        "请以 --jinja --reasoning-format deepseek 启动 llama-server",
    ),
    "parser_hint": (
        "let the server tell thoughts from answers, or set the tier's thinking to false",
        "请让服务分开返回思考，或将该档位的 thinking 设为 false",
    ),
    "schema_binds": ("a schema binds answers", "回答受 JSON 结构约束"),
    "schema_ignored": (
        "a schema does not bind answers, which are checked and asked for again",
        "回答不受 JSON 结构约束，只能事后检查并重新提问",
    ),
    "schema_hint_vllm": (
        "start vLLM without --structured-outputs-config.backend, or with xgrammar",
        "启动 vLLM 时去掉 --structured-outputs-config.backend，或设为 xgrammar",
    ),
    "schema_hint": (
        "look up how this server takes response_format with json_schema",
        "请查阅该服务对 response_format 中 json_schema 的支持",
    ),
    "probe_silent": ("{model} did not answer a tiny question", "{model} 没有回答一个很短的问题"),
    "audio_missing": ("PyAV is not installed", "未安装 PyAV"),
    "audio_here": (
        "PyAV {version} reads audio and video; no ffmpeg is needed",
        "PyAV {version}，可读取音频和视频，无需 ffmpeg",
    ),
    "owner_later": (
        "the data home is made at the first command that needs it",
        "数据目录将在首次需要时创建",
    ),
    "owner_server": (
        "`huimai serve` at {url}; commands go through it",
        "`huimai serve` 正在 {url} 运行，命令经由它执行",
    ),
    "owner_free": ("no other process uses the data home", "没有其他进程占用数据目录"),
    "store_broken_hint": ("restore a backup", "请从备份恢复"),
    "database_later": ("none yet; the first command makes it", "尚未创建；首次运行命令时创建"),
    "database_newer": ("schema {current} is of a newer release", "表结构版本 {current} 来自更新的版本"),
    "database_newer_hint": ("install the newer release again", "请重新安装较新的版本"),
    "database_here": ("schema {current}", "表结构版本 {current}"),
    "database_older": (
        "schema {current}; the next command brings it to {newest}",
        "表结构版本 {current}；下次运行命令时升级到 {newest}",
    ),
    "vectors_later": ("none yet; the first ingest makes them", "尚未创建；首次导入时创建"),
    "vectors_here": ("{store}, {count} chunks", "{store}，{count} 个片段"),
}
