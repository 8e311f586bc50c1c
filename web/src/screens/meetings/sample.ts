import type { Meeting } from "../../api/queries";

/** A meeting that is ready. */
export const meeting = (id: string, date: string, title = id): Meeting => ({
  id,
  title,
  date,
  project: "Atlas",
  date_source: "file name",
  language: "en",
  duration: 60,
  has_media: true,
  source_name: `${id}.m4a`,
  stage: "ready",
  progress: 1,
  error: null,
  hint: null,
  cancelled: false,
  notes: [],
  created_at: `${date}T11:00:00Z`,
  finished_at: `${date}T11:01:00Z`,
});
