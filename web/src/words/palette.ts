import { bilingual } from "./bilingual";

export const palette = bilingual({
  open: ["搜索", "Search"],
  title: ["搜索和命令", "Search and commands"],
  placeholder: ["搜索会议里说过的话，或去往任何地方…", "Search what was said, or go anywhere…"],
  hint: ["输入“问：”直接提问", "Begin with “ask:” to ask"],
  screens: ["页面", "Screens"],
  projects: ["项目", "Projects"],
  meetings: ["会议", "Meetings"],
  said: ["说过的话", "What was said"],
  looks: ["显示", "Appearance"],
  ask_this: ["提问：{{question}}", "Ask: {{question}}"],
  searching: ["搜索中…", "Searching…"],
  found: ["找到的话：{{count}}", "Passages found: {{count}}"],
  nothing: ["没有说过这样的话", "Nothing like that was said"],
  search_failed: ["现在搜索不了", "Search does not work right now"],
  to_light: ["换成浅色", "Switch to light"],
  to_dark: ["换成深色", "Switch to dark"],
  to_other_language: ["Switch to English", "切换到中文"],
});
