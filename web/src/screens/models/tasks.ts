/** What models are run for: the first ones can be asked about. */
export const ASKABLE = ["extract", "answer", "compare", "review"] as const;
const TASKS = [...ASKABLE, "embed", "rerank", "transcribe"] as const;

/** Whether the app has a word for a task. */
export const isTask = (name: string): name is (typeof TASKS)[number] => TASKS.some((task) => task === name);
