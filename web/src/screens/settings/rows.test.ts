import { expect, test } from "vitest";
import { areaOf, matching, type Setting } from "./rows";

const port: Setting = {
  name: "port",
  value: 8001,
  source: "huimai.toml",
  variable: "HUIMAI_PORT",
  description: "Port that the server binds.",
  description_zh: "服务监听的端口。",
};
const model: Setting = {
  name: "ingestion.speech_model",
  value: "whisper-base",
  source: "default",
  variable: "HUIMAI_INGESTION__SPEECH_MODEL",
  description: "Speech recogniser.",
  description_zh: "语音识别模型。",
};
const servers: Setting = {
  name: "agents.servers",
  value: { vllm: { kind: "vllm" } },
  source: "environment",
  variable: "HUIMAI_AGENTS__SERVERS",
  description: "Chat servers by name.",
  description_zh: "对话模型服务。",
};

test("a setting is found by its name, variable, value, source and meaning in either language", () => {
  const words = { default: "default", "huimai.toml": "from the file", environment: "from the environment" };
  const found = (text: string) =>
    matching([port, model, servers], text, (source) => words[source]).map(({ name }) => name);
  expect(found("speech_mod")).toEqual(["ingestion.speech_model"]);
  expect(found("huimai_port")).toEqual(["port"]);
  expect(found("8001")).toEqual(["port"]);
  expect(found("vllm")).toEqual(["agents.servers"]);
  expect(found("from the")).toEqual(["port", "agents.servers"]);
  expect(found(" RECOGNISER ")).toEqual(["ingestion.speech_model"]);
  expect(found("端口")).toEqual(["port"]);
  expect(found("")).toHaveLength(3);
});

test("a setting stands in its part", () => {
  expect([port, model, servers].map(areaOf)).toEqual(["general", "ingestion", "agents"]);
});
