// The simple page: ask, see the evidence, play it, add a file.
import * as api from "/static/api.js";
import { $, answerParts, clock, evidenceCard, make, play, playButton, recorded } from "/static/parts.js";
import { stageWord, switchLanguage, word, writeWords } from "/static/words.js";

const POLL_MS = 2000;
const QUIET_POLL_MS = 15000;
let running = null;
let conversation = null;
let answered = null;
let uploads = 0;

const query = () => ($("project").value ? { project: $("project").value } : {});

function say(text, alarm = false) {
  $("status").textContent = text;
  $("status").classList.toggle("alarm", alarm);
}

function tell(error) {
  if (error.name === "AbortError") say(word("stopped"));
  else say(error instanceof api.Problem ? error.message : word("lost"), true);
}

async function ask() {
  const question = $("question").value.trim();
  if (!question || running) return;
  running = new AbortController();
  answered = null;
  $("answer").replaceChildren();
  $("evidence").replaceChildren();
  $("coverage").textContent = "";
  $("stop").hidden = false;
  say(word("working"));
  const draft = make("p");
  const on = {
    status: (event) => say(event.text || word("working")),
    citation: (citation) => $("evidence").append(evidenceCard(citation)),
    token: (event) => {
      if (!draft.isConnected) $("answer").append(draft);
      draft.append(event.text);
    },
    done: show,
  };
  const continued = conversation ? { conversation_id: conversation } : {};
  try {
    await api.ask({ question, ...query(), ...continued }, on, running.signal);
  } catch (error) {
    tell(error);
  } finally {
    running = null;
    $("stop").hidden = true;
  }
}

function show(answer) {
  answered = answer;
  conversation = answer.conversation_id;
  $("answer").replaceChildren(...answerParts(answer.answer, answer.citations));
  $("evidence").replaceChildren(...answer.citations.map(evidenceCard));
  const failed = answer.coverage.failed.length;
  $("coverage").textContent = word("coverage", answer.coverage) + (failed ? word("failed", { n: failed }) : "");
  const seconds = (answer.took_ms / 1000).toFixed(1);
  say(answer.model ? word("model", { model: answer.model, s: seconds }) : word("nomodel"));
}

async function showProjects() {
  const chosen = $("project").value;
  const options = (await api.get("/projects")).map((project) => make("option", { value: project.name, text: project.name }));
  $("project").replaceChildren(make("option", { value: "", text: word("all") }), ...options);
  if (options.some((option) => option.value === chosen)) $("project").value = chosen;
}

async function showMeetings() {
  const found = (await api.meetings(query())).reverse();
  const items = found.map((meeting) => {
    if (meeting.has_media) recorded.add(meeting.id);
    const open = { click: () => showTranscript(meeting).catch(tell) };
    const title = make("button", { type: "button", name: "link", text: meeting.title, on: open });
    title.ariaLabel = word("open", { t: meeting.title });
    const row = make("div", { name: "row" }, title, make("span", { name: "quiet", text: meeting.date }));
    if (meeting.stage === "failed") row.append(make("span", { name: "alarm", text: stageWord("failed") }));
    return make("li", {}, row);
  });
  $("meetings").replaceChildren(...(items.length ? items : [make("li", { name: "quiet", text: word("none") })]));
}

async function showTranscript(meeting) {
  const transcript = await api.transcript(meeting.id);
  $("transcript-title").textContent = `${meeting.title} · ${meeting.date}`;
  const links = ["md", "vtt", "srt", "txt", "json"].flatMap((format) => [
    " ", make("a", { href: api.transcriptUrl(meeting.id, format), text: format }),
  ]);
  $("downloads").replaceChildren(word("save"), ...links);
  $("lines").replaceChildren(...transcript.utterances.filter((line) => line.text).map((line) => {
    const head = make("div", { name: "row" }, speakerOf(line));
    if (line.start !== null) head.append(playButton(meeting.id, meeting.title, line.start));
    return make("li", { id: `line-${line.i}`, tabIndex: -1 }, head, make("div", { text: line.text }));
  }));
  if (!$("transcript").open) $("transcript").showModal();
}

// What a link of an exported document points to, #meeting=ID&line=N&t=SECONDS: the line, and the recording from there.
async function openLinked() {
  const linked = new URLSearchParams(location.hash.slice(1));
  if (!linked.has("meeting")) return;
  const meeting = await api.meeting(linked.get("meeting"));
  if (meeting.has_media) recorded.add(meeting.id);
  await showTranscript(meeting);
  document.getElementById(`line-${linked.get("line")}`)?.focus();
  const seconds = Number(linked.get("t") ?? NaN);
  if (recorded.has(meeting.id) && Number.isFinite(seconds)) play(meeting.id, meeting.title, seconds);
}

function speakerOf(line) {
  const name = line.speaker ?? word("unknown");
  return line.sure === false
    ? make("strong", { text: word("guess", { name }), title: word("together") })
    : make("strong", { text: name });
}

async function showJobs() {
  const jobs = await api.get("/jobs", { active: true });
  $("jobs").replaceChildren(...document.querySelectorAll("#jobs .upload"), ...jobs.map((job) => {
    const left = job.eta_seconds === null ? "" : ` · ${word("left", { t: clock(job.eta_seconds) })}`;
    const state = `${stageWord(job.stage)} ${Math.round(job.progress * 100)} %${left}`;
    const name = `${job.title} · ${job.date}`;
    const bar = make("progress", { max: 1, value: job.progress, ariaLabel: name });
    return make("li", {}, make("strong", { text: name }), make("div", { name: "quiet", text: state }), bar);
  }));
  return jobs.length;
}

async function uploadAll() {
  const project = $("target").value.trim();
  const files = [...$("files").files];
  $("files").value = "";
  uploads += 1;
  for (const file of files) await uploadOne(file, project);
  uploads -= 1;
  await refresh().catch(tell);
}

async function uploadOne(file, project) {
  const line = make("li", { name: "upload", text: word("sending", { name: file.name, p: 0 }) });
  $("jobs").prepend(line);
  const onShare = (share) => (line.textContent = word("sending", { name: file.name, p: Math.round(share * 100) }));
  try {
    const meetings = await api.upload(file, project, onShare);
    if (meetings.every((meeting) => meeting.duplicate)) say(word("duplicate", { name: file.name }));
    line.remove();
  } catch (error) {
    const reason = error instanceof api.Problem ? error.message : word("lost");
    line.textContent = reason.startsWith(file.name) ? reason : `${file.name}: ${reason}`;
    line.classList.add("alarm");
  }
}

const refresh = () => Promise.all([showProjects(), showMeetings(), showJobs()]);

async function poll(wereActive = 0) {
  let active = wereActive;
  try {
    active = await showJobs();
    if (active !== wereActive) await Promise.all([showProjects(), showMeetings()]);
  } catch {
    active = 0; // the server is away; it is asked again later
  }
  setTimeout(poll, active || uploads ? POLL_MS : QUIET_POLL_MS, active);
}

function write() {
  writeWords();
  $("language").textContent = word("other");
  $("question").placeholder = word("placeholder");
  $("target").placeholder = $("target").ariaLabel = word("target");
  if (answered) show(answered);
  return refresh().catch(tell);
}

function listen(id, event, handler) {
  $(id).addEventListener(event, (happened) => {
    if (event === "submit") happened.preventDefault();
    handler(happened);
  });
}

listen("ask", "submit", ask);
listen("upload", "submit", () => $("files").click());
listen("files", "change", uploadAll);
listen("stop", "click", () => running?.abort());
listen("language", "click", () => { switchLanguage(); write(); });
listen("project", "change", () => { conversation = null; $("target").value = $("project").value; showMeetings().catch(tell); });
listen("question", "keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); $("question").focus(); }
  if (event.key === "Escape") running?.abort();
});
listen("question", "focus", api.warmUp);
api.warmUp();
addEventListener("hashchange", () => openLinked().catch(tell));
write().then(() => poll());
openLinked().catch(tell);
