// The routes of the OpenAPI document, each with its parameters, an example and a command to try it.
const $ = (id) => document.getElementById(id);

function make(tag, { text, ...rest } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), rest);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

const api = await (await fetch("/openapi.json")).json();

function resolved(schema) {
  return schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;
}

function exampleOf(content) {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  if (!type) return null;
  const schema = resolved(body.schema);
  const item = resolved(schema?.items)?.example;
  return body.example ?? schema?.example ?? (item && [item]) ?? null;
}

const shown = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

function command(path, method, body) {
  const data = body ? ` -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'` : "";
  return `curl${method === "get" ? "" : ` -X ${method.toUpperCase()}`} '${location.origin}${path}'${data}`;
}

function route(path, method, operation) {
  const body = exampleOf(operation.requestBody?.content);
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const answer = exampleOf(success?.[1].content);
  const parameters = (operation.parameters ?? []).map((parameter) =>
    make("li", {}, make("code", { text: parameter.name }), ` ${parameter.required ? "*" : ""} ${parameter.description ?? ""}`));
  return make("section", { id: operation.operationId },
    make("h2", {}, make("code", { text: `${method.toUpperCase()} ${path}` })),
    make("strong", { text: operation.summary }),
    make("p", { text: operation.description ?? "" }),
    make("ul", {}, ...parameters),
    make("pre", { text: command(path, method, body) }),
    ...(answer === null ? [] : [make("pre", { text: `${success[0]}\n${shown(answer)}` })]));
}

for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    $("routes").append(route(path, method, operation));
    const link = make("a", { href: `#${operation.operationId}`, text: `${method.toUpperCase()} ${path}` });
    $("contents").append(make("p", {}, link));
  }
}
