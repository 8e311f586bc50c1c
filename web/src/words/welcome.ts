import { bilingual } from "./bilingual";

export const welcome = bilingual({
  steps: ["三步开始", "Three steps to begin"],
  add: ["添加录音或文字稿", "Add a recording or a transcript"],
  add_text: ["拖进一个或多个文件，或直接用麦克风录音。", "Drop in one file or many, or record with your microphone."],
  add_do: ["添加会议", "Add meetings"],
  name: ["告诉它谁在说话", "Say who speaks"],
  name_text: [
    "听一句，写上名字。大家同意的话，之后的会议会自动认出他们。",
    "Listen to a line and write the name. If they agree, they are recognised in later meetings.",
  ],
  ask: ["提问", "Ask"],
  ask_text: [
    "“预算现在是多少？”“上周谁答应了什么？”每句回答都能点开听原话。",
    "“What is the budget now?” “Who promised what last week?” Click any answer to hear the words.",
  ],
  stays: ["什么都不会离开这台机器。", "Nothing leaves this machine."],
  stays_text: [
    "识别、搜索和回答都在本机进行，除非你自己设置了外部模型。",
    "Hearing, searching and answering happen here, unless you set up a model elsewhere yourself.",
  ],
  sample: ["先看看样例会议？", "Look at sample meetings first?"],
  sample_demo: [
    "在会脉的源码目录里运行这一行，会加入五场中英文会议：",
    "In Huimai's own folder, this adds five recorded meetings, Chinese and English:",
  ],
  sample_ingest: ["或者从命令行加入自己的：", "Or add your own from the command line:"],
  project_example: ["我的项目", "My project"],
});
