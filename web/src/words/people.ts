import { bilingual } from "./bilingual";

export const people = bilingual({
  lead: [
    "谁在会上说过话，靠什么认出来，站在哪一边。",
    "Who speaks in the meetings, what they are recognised by, and on which side they are.",
  ],
  none: ["还没有人的名字", "Nobody is named yet"],
  none_hint: [
    "打开一场会议，给说话人写上名字，他们就会出现在这里。",
    "Open a meeting and name its speakers; they appear here.",
  ],
  to_meetings: ["去会议列表", "Go to the meetings"],
  voices: ["能听声认出：已存的声音 {{count}} 段", "recognised by voice, kept samples: {{count}}"],
  no_voice: ["没有存声音", "no voice kept"],
  side: ["{{name}} 在哪一边", "The side of {{name}}"],
  side_unknown: ["未说明", "Side not said"],
  side_team: ["团队", "Team"],
  side_customer: ["客户", "Customer"],
  some_unnamed: [
    "还有说话人没有名字，请在会议里给他们写上。",
    "Some speakers have no name yet: name them in their meetings.",
  ],
  rename: ["改名", "Rename"],
  rename_person: ["给 {{name}} 改名", "Rename {{name}}"],
  rename_title: ["{{name}} 改名为", "Rename {{name}}"],
  name: ["名字", "Name"],
  rename_hint: [
    "本项目所有会议里的名字都会跟着改。写成另一个人的名字，两个人就合并为一个。",
    "All meetings of the project follow. With the name of somebody else, the two become one person.",
  ],
  forget: ["忘掉声音", "Forget the voice"],
  forget_person: ["忘掉声音：{{name}}", "Forget the voice of {{name}}"],
  forget_title: ["忘掉 {{name}} 的声音？", "Forget the voice of {{name}}?"],
  forget_text: [
    "这个人的 {{count}} 段声音会被永久删除，无法恢复：",
    "The kept voice samples of this person ({{count}}) are deleted for good:",
  ],
  forget_names: [
    "凭声音认出这个名字的会议会失去这个名字。录音和文字都保留。",
    "Meetings in which the voice gave the name lose it. Recordings and transcripts stay.",
  ],
  samples: ["声音从哪里来", "What the voice stands on"],
  sample: ["语音 {{length}}", "{{length}} of speech"],
  consent: ["同意：{{who}}", "Agreed: {{who}}"],
  listen: ["听这段声音：{{title}}", "Listen to the voice in {{title}}"],
  nothing_to_hear: ["这段声音没有可以播放的行", "No line of this voice can be played"],
  drop: ["移除", "Drop"],
  drop_from: ["移除来自“{{title}}”的声音", "Drop the voice from {{title}}"],
  drop_title: ["移除这段声音？", "Drop this voice sample?"],
  drop_text: [
    "来自“{{title}}”（{{day}}）的声音会从 {{name}} 的档案里永久删除，之后用剩下的声音重新辨认会议。",
    "The voice from {{title}} ({{day}}) is deleted from what {{name}} is known by, for good. Meetings are recognised anew with what is left.",
  ],
  drop_last: [
    "这是最后一段：之后就不能再凭声音认出 {{name}}。",
    "It is the last one: {{name}} is no longer recognised by voice.",
  ],
  updating: ["正在更新的会议：{{count}}", "Meetings being updated: {{count}}"],
  updated: ["已更新的会议：{{count}}", "Meetings updated: {{count}}"],
});
