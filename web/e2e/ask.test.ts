import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { answered } from "./harness/answers.ts";
import type { Schemas } from "./harness/api.ts";
import { type Language, sounding } from "./harness/browser.ts";
import { ATLAS, PAYMENT } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

withBrowser();

const QUESTIONS = [
  { language: "zh", project: PAYMENT, question: "压测的预算批了多少？", said: /15\s*万|18\s*万/ },
  { language: "en", project: ATLAS, question: "When will the offline sync spec be ready?", said: /spec/i },
] as const;

for (const { language, project, question, said } of QUESTIONS) {
  test(`an answer, its evidence, and the second it was said: ${language}`, async () => {
    const page = await open(`/?project=${encodeURIComponent(project)}`, { language });
    const answer = await ask(page, language, question);
    const evidence = citation(page, language, 1);
    await evidence.waitFor();
    expect(answer.citations.map((one) => one.quote).join("\n")).toMatch(said);

    await evidence.click();
    const [first] = answer.citations;
    if (!first || first.start === null) throw new Error("the first citation has no second");
    const panel = page.getByRole("dialog");
    const quoted = first.quote.split("\n")[0] ?? "";
    await panel.getByText(quoted).waitFor();
    const source = `/api/v1/meetings/${first.meeting_id}/media`;
    await expect.poll(() => sounding(page)).toMatchObject({ source: expect.stringContaining(source) });
    const { second } = (await sounding(page)) ?? { second: Number.NaN };
    expect(second).toBeGreaterThanOrEqual(first.start);
    expect(second).toBeLessThan(first.start + 10);
  });
}

test("the evidence is there long before the answer, which can be stopped", async () => {
  const page = await open(`/?project=${encodeURIComponent(ATLAS)}`);
  await question(page, "en").fill("When will the offline sync spec be ready?");
  await page.keyboard.press("Enter");
  await citation(page, "en", 1).waitFor();
  await page.getByRole("button", { name: words.en.ask.stop }).click();
  await page.getByText(words.en.ask.stopped).waitFor();
});

test("a first question that was stopped is asked again in the one conversation that it began", async () => {
  const asked = "Who writes the offline sync spec, and by when?";
  const page = await open(`/?project=${encodeURIComponent(ATLAS)}`);
  await question(page, "en").fill(asked);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/conversations/*");
  await page.getByRole("button", { name: words.en.ask.stop }).click();
  await page.getByText(words.en.ask.stopped).waitFor();
  const stopped = page.url();
  await page.getByRole("button", { name: words.en.ask.again }).click();
  const answer = await finished(page, "en");
  expect(page.url()).toBe(stopped);
  expect(answer.question).toBe(asked);
  const history = page.getByRole("navigation", { name: words.en.ask.history });
  await expect.poll(() => history.getByRole("link", { name: asked }).count()).toBe(1);
  const { conversations } = await api.get<Schemas["ConversationPage"]>("/conversations");
  expect(conversations.filter(({ title }) => title === asked)).toHaveLength(1);
});

test("by keyboard alone: ask, open a citation, close it with Escape, and be where one was", async () => {
  const page = await open(`/?project=${encodeURIComponent(ATLAS)}`);
  await tabTo(question(page, "en"));
  await page.keyboard.type("When is the feature freeze?");
  await page.keyboard.press("Enter");
  await finished(page, "en");
  const evidence = citation(page, "en", 1);
  await evidence.waitFor();
  await tabTo(evidence, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await isFocused(evidence)).toBe(true);
});

test("a conversation is a link that shows the same answer again", async () => {
  const first = await open(`/?project=${encodeURIComponent(PAYMENT)}`, { language: "zh" });
  const answer = await ask(first, "zh", "灰度什么时候开始？");
  const page = await open(`/conversations/${answer.conversation_id}`, { language: "zh" });
  await page.getByText("灰度什么时候开始？").first().waitFor();
  await citation(page, "zh", 1).waitFor();
});

function question(page: Page, language: Language) {
  return page.getByRole("textbox", { name: words[language].ask.question });
}

function citation(page: Page, language: Language, n: number) {
  const [before] = words[language].ask.evidence_n.split("{{n}}");
  return page.getByRole("button", { name: new RegExp(`^${before}${n}(?!\\d)`) }).first();
}

/** Asks, and gives the document that the server sent at the end of its stream. */
async function ask(page: Page, language: Language, asked: string): Promise<Schemas["AnswerDocument"]> {
  await question(page, language).fill(asked);
  await page.keyboard.press("Enter");
  return finished(page, language);
}

/** Waits for the end of an answer; gives its document. */
async function finished(page: Page, language: Language): Promise<Schemas["AnswerDocument"]> {
  await answered(page, language);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { messages } = await api.get<Schemas["ConversationDocument"]>(`/conversations/${id}`);
  const answer = messages.at(-1);
  if (!answer) throw new Error("nothing was answered");
  return answer;
}

/** Presses Tab until a control has the focus. */
async function tabTo(control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if (await isFocused(control)) return;
    await control.page().keyboard.press(key);
  }
  throw new Error("the keyboard does not reach it");
}

const isFocused = (control: Locator) => control.evaluate((element) => element === document.activeElement);
