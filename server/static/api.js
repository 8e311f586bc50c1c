// The server's routes: JSON, an upload with progress, and the event stream of a question.
const API = "/api/v1";

export class Problem extends Error {
  constructor(document) {
    super([document.detail, document.hint].filter(Boolean).join(" — "));
  }
}

async function problemOf(response) {
  const document = await response.json().catch(() => ({ detail: `${response.status} ${response.statusText}` }));
  return new Problem(document);
}

export async function get(path, query = {}) {
  const response = await fetch(`${API}${path}?${new URLSearchParams(query)}`);
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

// Lets the server load its models while the question is being typed; without them the question itself will say so.
export const warmUp = () => fetch(`${API}/models/warm-up`, { method: "POST" }).catch(() => {});

export async function meetings(query) {
  const found = [];
  for (let cursor = ""; cursor !== null; ) {
    const page = await get("/meetings", cursor ? { ...query, cursor, limit: 500 } : { ...query, limit: 500 });
    found.push(...page.meetings);
    cursor = page.next;
  }
  return found;
}

export const mediaUrl = (id) => `${API}/meetings/${encodeURIComponent(id)}/media`;
export const transcriptUrl = (id, format) =>
  `${API}/meetings/${encodeURIComponent(id)}/transcript?format=${format}&download=true`;
export const meeting = (id) => get(`/meetings/${encodeURIComponent(id)}`);
export const transcript = (id) => get(`/meetings/${encodeURIComponent(id)}/transcript`);

export function upload(file, project, onShare) {
  const query = new URLSearchParams({ project, name: file.name, modified: new Date(file.lastModified).toISOString() });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${API}/uploads?${query}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => onShare(event.loaded / event.total);
    request.onload = () =>
      request.status < 300 ? resolve(request.response.meetings) : reject(new Problem(request.response ?? {}));
    request.onerror = () => reject(new TypeError("network"));
    request.send(file);
  });
}

// Calls `on[event](data)` for each event of the answer until it ends.
export async function ask(body, on, signal) {
  const response = await fetch(`${API}/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  let rest = "";
  for await (const piece of pieces(response.body.pipeThrough(new TextDecoderStream()))) {
    const blocks = (rest + piece).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) dispatch(block, on);
  }
}

async function* pieces(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

function dispatch(block, on) {
  const lines = block.split("\n");
  const event = lines.find((line) => line.startsWith("event: "))?.slice(7);
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
  if (!event) return;
  const value = JSON.parse(data.join("\n"));
  if (event === "error") throw new Problem(value);
  on[event]?.(value);
}
