/** A recording of the microphone. `type` is the media type of its sound, `startedAt` its beginning in ms. */
export interface Recording {
  id: string;
  title: string;
  project: string;
  type: string;
  startedAt: number;
}

/** Keeps recordings on this browser, each piece as it comes, so that no crash loses what was said. */
export interface RecordingStore {
  /** Keep what is said of a recording, anew or changed. */
  save: (recording: Recording) => Promise<void>;
  /** Keep one piece of its sound. */
  append: (id: string, index: number, piece: Blob) => Promise<void>;
  all: () => Promise<Recording[]>;
  /** The pieces by their index. */
  pieces: (id: string) => Promise<Map<number, Blob>>;
  remove: (id: string) => Promise<void>;
}

const ENDINGS: readonly (readonly [string, string])[] = [
  ["audio/webm", "webm"],
  ["audio/mp4", "m4a"],
  ["audio/ogg", "ogg"],
];

/** The file of a recording. Its pieces stay where they are; none is read. */
export function fileOf({ title, type, startedAt }: Recording, pieces: ReadonlyMap<number, Blob>): File {
  const inOrder = [...pieces].sort(([one], [other]) => one - other).map(([, piece]) => piece);
  const ending = ENDINGS.find(([media]) => type.startsWith(media))?.[1] ?? "webm";
  const name = title.trim().replaceAll(/[/\\]/g, "-") || moment(startedAt);
  return new File(inOrder, `${name}.${ending}`, { type, lastModified: startedAt });
}

/** A beginning as a file's name: 2026-03-02 10.30.05. */
function moment(startedAt: number): string {
  const local = new Date(startedAt - new Date(startedAt).getTimezoneOffset() * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(":", ".")}`;
}
