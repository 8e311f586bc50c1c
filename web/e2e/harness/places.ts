import type { Page } from "playwright-core";
import type { Api, Schemas } from "./api.ts";
import { PAYMENT } from "./samples.ts";

/** A screen with something in it: a name for it, and its address. */
export interface Place {
  name: string;
  path: string;
}

/** Every screen of the app, filled with the sample meetings; `tier` is what answers the question of a conversation. */
export async function places(api: Api, tier?: string): Promise<Place[]> {
  const [meeting] = await api.meetings(PAYMENT);
  const question = { question: "压测的预算现在是多少？", project: PAYMENT, tier };
  const answer = await api.send<Schemas["AnswerDocument"]>("POST", "/ask", question);
  const project = encodeURIComponent(PAYMENT);
  return [
    { name: "ask", path: "/" },
    { name: "conversation", path: `/conversations/${answer.conversation_id}` },
    { name: "meetings", path: "/meetings" },
    { name: "meeting", path: `/meetings/${meeting?.id}` },
    { name: "moment", path: `/meetings/${meeting?.id}?line=12` },
    { name: "projects", path: "/projects" },
    { name: "project", path: `/projects/${project}` },
    { name: "compare", path: `/compare?project=${project}&week=2026-W11` },
    { name: "people", path: `/people?project=${project}` },
    { name: "glossary", path: `/glossary?project=${project}` },
    { name: "models", path: "/models" },
    { name: "jobs", path: "/jobs" },
    { name: "settings", path: "/settings" },
  ];
}

/** Waits until a screen shows what it has. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const loading = page.getByText(/^(加载中…|Loading…)$/);
  do {
    await loading.first().waitFor({ state: "detached" });
    await page.waitForTimeout(400);
  } while ((await loading.count()) > 0);
}

/** By how many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
