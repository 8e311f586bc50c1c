// The words of the page in both languages. {x} is filled in.
const WORDS = {
  en: {
    project: "Project", all: "All projects", ask: "Ask your meetings", send: "Ask", stop: "Stop", other: "中文",
    placeholder: "What did we decide about …?", add: "Add recordings or transcripts", upload: "Choose files…",
    target: "Project name", meetings: "Meetings", none: "No meetings yet.", close: "Close", play: "Play {t}",
    unknown: "unknown speaker", guess: "{name} (?)", together: "others speak at the same time", working: "Working…", stopped: "Stopped.", duplicate: "{name}: already here",
    coverage: "{in_scope} meetings in scope · {searched} searched · {read} read", failed: " · {n} could not be read",
    model: "answered by {model} in {s} s", nomodel: "no chat model took part", left: "about {t} left",
    sending: "{name}: {p} % sent", lost: "The server does not answer.", save: "Save as", open: "Transcript of {t}",
    stages: { queued: "waiting", decode: "reading", segment: "finding speech", transcribe: "transcribing",
      diarize: "telling speakers apart", clean: "cleaning", chunk: "cutting", index: "indexing", ready: "ready", failed: "failed" },
  },
  zh: {
    project: "项目", all: "全部项目", ask: "向会议提问", send: "提问", stop: "停止", other: "English",
    placeholder: "关于……我们决定了什么？", add: "添加录音或文字记录", upload: "选择文件……",
    target: "项目名称", meetings: "会议", none: "还没有会议。", close: "关闭", play: "播放 {t}",
    unknown: "未知发言人", guess: "{name}（？）", together: "此时有多人同时说话", working: "处理中……", stopped: "已停止。", duplicate: "{name}：已存在",
    coverage: "范围内 {in_scope} 场会议 · 检索 {searched} 场 · 阅读 {read} 场", failed: " · {n} 场无法读取",
    model: "由 {model} 回答，用时 {s} 秒", nomodel: "未使用对话模型", left: "约剩 {t}",
    sending: "{name}：已发送 {p} %", lost: "服务器没有响应。", save: "另存为", open: "{t} 的文字记录",
    stages: { queued: "等待中", decode: "读取中", segment: "检测语音", transcribe: "转写中",
      diarize: "区分说话人", clean: "整理中", chunk: "切分中", index: "建立索引", ready: "就绪", failed: "失败" },
  },
};

let language = recall() ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

function recall() {
  const kept = localStorage.getItem("language");
  return kept in WORDS ? kept : null;
}

export function word(key, values = {}) {
  const text = WORDS[language][key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const stageWord = (stage) => WORDS[language].stages[stage] ?? stage;

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

export function writeWords() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}
