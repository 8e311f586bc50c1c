import { bilingual } from "./bilingual";

export const jobs = bilingual({
  lead: [
    "录音和文字记录从收到到可以提问，要走的每一步。",
    "Every step from a recording or transcript to a meeting that can be asked about.",
  ],
  active: ["进行中", "Under way"],
  none_active: ["现在没有任务在进行", "Nothing is under way"],
  add_meetings: ["去添加会议", "Add meetings"],
  failed: ["失败的", "Failed"],
  ended: ["已完成", "Done"],
  show_more: ["再显示 {{count}} 个", "Show more ({{count}})"],

  stage_queued: ["排队中", "Queued"],
  stage_decode: ["读取声音", "Reading the sound"],
  stage_segment: ["找出说话的地方", "Finding speech"],
  stage_transcribe: ["转写", "Transcribing"],
  stage_diarize: ["分辨说话人", "Telling speakers apart"],
  stage_clean: ["整理文字", "Tidying the text"],
  stage_chunk: ["切分段落", "Cutting into passages"],
  stage_index: ["建立索引", "Indexing"],
  stage_ready: ["已就绪", "Ready"],
  stage_failed: ["失败", "Failed"],
  step: ["第 {{step}}/{{steps}} 步：{{stage}}", "Step {{step}} of {{steps}}: {{stage}}"],
  time_left: ["还需 {{time}}", "{{time}} left"],
  progress_of: ["{{title}} 的进度", "Progress of {{title}}"],
  took: ["用时 {{time}}", "took {{time}}"],
  retry_of: ["重试：{{title}}", "Try again: {{title}}"],
  cancel_of: ["取消：{{title}}", "Cancel: {{title}}"],

  readings: ["通读", "Readings"],
  readings_lead: [
    "每场会议就绪后会被通读，找出其中的决定、承诺、问题、风险和数字。",
    "A ready meeting is read for its decisions, commitments, questions, risks and figures.",
  ],
  no_readings: ["这个项目还没有就绪的会议", "No meeting of this project is ready yet"],
  reading: ["正在通读…", "Being read…"],
  read_by_model: ["由模型 {{model}} 和规则通读", "Read by {{model}} and by rules"],
  read_by_rules: ["由规则通读", "Read by rules"],
  model_stopped: ["模型没有读完：{{error}}", "The model did not read to the end: {{error}}"],
  read_again: ["重新通读", "Read again"],
  read_again_of: ["重新通读：{{title}}", "Read again: {{title}}"],
});
