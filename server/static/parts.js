// Pieces of the page. Everything that comes from meetings is set as text, never as markup.
import { mediaUrl } from "/static/api.js";
import { word } from "/static/words.js";

// Ids of the meetings that have a recording to play.
export const recorded = new Set();

export const $ = (id) => document.getElementById(id);

export function make(tag, { text, name, on, ...rest } = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  for (const [event, handler] of Object.entries(on ?? {})) element.addEventListener(event, handler);
  Object.assign(element, rest);
  element.append(...children);
  return element;
}

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return (whole >= 3600 ? [Math.floor(whole / 3600), ...parts] : parts).join(":");
}

export function play(meetingId, title, seconds) {
  const audio = $("audio");
  const url = new URL(mediaUrl(meetingId), location.href).href;
  if (audio.src !== url) audio.src = url;
  audio.currentTime = seconds;
  $("playing").textContent = title;
  $("player").hidden = false;
  audio.play().catch(() => {}); // a recording that this browser cannot decode stays silent, its transcript is there
}

// A button that plays the recording from there; the bare time for an imported transcript.
export function playButton(meetingId, title, seconds) {
  if (!recorded.has(meetingId)) return make("span", { name: "quiet", text: clock(seconds) });
  const label = word("play", { t: clock(seconds) });
  const on = { click: () => play(meetingId, title, seconds) };
  return make("button", { type: "button", name: "play", text: `▶ ${clock(seconds)}`, ariaLabel: label, on });
}

export function evidenceCard(citation) {
  const { n, meeting_id: id, meeting_title: title, date, speaker, start, quote } = citation;
  const head = make("div", { name: "row" }, make("strong", { text: `[${n}] ${title}` }));
  head.append(make("span", { name: "quiet", text: speaker ? `${date} · ${speaker}` : `${date}` }));
  if (start !== null) head.append(playButton(id, title, start));
  return make("li", { id: `evidence-${n}`, tabIndex: -1 }, head, make("blockquote", { text: quote }));
}

// The answer's paragraphs, with each [n] as a button that leads to its evidence.
export function answerParts(answer, citations) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  return answer.split(/\n+/).filter(Boolean).map((line) => {
    const parts = line.split(/(\[\d+\])/).map((part) => {
      const citation = byNumber.get(Number(/^\[(\d+)\]$/.exec(part)?.[1]));
      return citation ? mark(citation) : part;
    });
    return make("p", {}, ...parts);
  });
}

function mark(citation) {
  return make("button", { type: "button", name: "mark", text: `[${citation.n}]`, on: { click: () => choose(citation) } });
}

function choose(citation) {
  document.querySelector("#evidence .chosen")?.classList.remove("chosen");
  const card = $(`evidence-${citation.n}`);
  card.classList.add("chosen");
  card.scrollIntoView({ block: "nearest", behavior: "smooth" });
  card.focus();
  if (citation.start !== null && recorded.has(citation.meeting_id)) play(citation.meeting_id, citation.meeting_title, citation.start);
}
