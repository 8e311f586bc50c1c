import { bilingual } from "./bilingual";

export const meetings = bilingual({
  filter: ["按标题筛选", "Filter by title"],
  counted: ["共 {{count}} 场", "Meetings: {{count}}"],
  counted_of: ["{{count}} / {{all}} 场", "Meetings: {{count}} of {{all}}"],
  none: ["还没有会议", "There are no meetings yet"],
  none_hint: ["把录音或文字记录拖到这里，或者直接录音。", "Drop recordings or transcripts here, or record one."],
  none_match: ["没有标题匹配的会议", "No title matches"],
  show_all: ["显示全部", "Show all"],
  retry_of: ["重试：{{title}}，{{day}}", "Try again: {{title}}, {{day}}"],
  delete_of: ["删除 {{title}}，{{day}}", "Delete {{title}}, {{day}}"],
  delete_ask: ["删除这场会议？", "Delete this meeting?"],
  delete_hint: [
    "《{{title}}》（{{day}}）的录音、文字、从中找到的一切都会删除，无法找回。",
    "The recording of “{{title}}” ({{day}}), its transcript and everything found in it are deleted. This cannot be undone.",
  ],
  text_only: ["只有文字", "words only"],
});
