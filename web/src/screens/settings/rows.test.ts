import { expect, test } from "vitest";
import { matching, settingRows } from "./rows";

const rows = settingRows({
  port: 8000,
  ingestion: { speech_model: "whisper-base" },
  agents: { budget: { month: null, projects: {} } },
});

test("nested settings become rows with the variable that sets each", () => {
  expect(rows).toEqual([
    { area: "general", path: "port", variable: "HUIMAI_PORT", value: 8000 },
    {
      area: "ingestion",
      path: "ingestion.speech_model",
      variable: "HUIMAI_INGESTION__SPEECH_MODEL",
      value: "whisper-base",
    },
    { area: "agents", path: "agents.budget.month", variable: "HUIMAI_AGENTS__BUDGET__MONTH", value: null },
    { area: "agents", path: "agents.budget.projects", variable: "HUIMAI_AGENTS__BUDGET__PROJECTS", value: {} },
  ]);
});

test("a setting is found by its name, its variable and its value", () => {
  const found = (text: string) => matching(rows, text).map(({ path }) => path);
  expect(found("whisper")).toEqual(["ingestion.speech_model"]);
  expect(found("huimai_port")).toEqual(["port"]);
  expect(found("budget.")).toHaveLength(2);
});
