import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { Section } from "../../components/Section";
import { bytes } from "../bytes";
import { useQueue, useRecorderState, useRecordings, useUploads, wishOf } from "../Uploads";
import { claimed } from "./claims";
import type { Recorded } from "./recorder";
import { fileOf, type RecordingStore } from "./store";

const KEY = ["left-recordings"];

/** The recordings that a crash or a closed tab left behind: to upload, or to throw away. */
export function LeftRecordings() {
  const { t } = useTranslation("uploads");
  const recordings = useRecordings();
  const queries = useQueryClient();
  const uploads = useUploads();
  const { phase } = useRecorderState();
  const { data: found = [] } = useQuery({ queryKey: KEY, queryFn: () => leftIn(recordings), networkMode: "always" });
  const changes = `${phase} ${uploads.length}`;
  useEffect(() => {
    if (changes !== "") void queries.invalidateQueries({ queryKey: KEY });
  }, [changes, queries]);
  const left = found.filter(({ recording }) => uploads.every((upload) => upload.recording !== recording.id));
  if (left.length === 0) return null;
  return (
    <Section title={t("left_recordings")} lead={t("left_recordings_hint")}>
      <ul className="divide-y divide-line">
        {left.map((one) => (
          <LeftRecording key={one.recording.id} left={one} />
        ))}
      </ul>
    </Section>
  );
}

function LeftRecording({ left }: { left: Recorded }) {
  const { t, i18n } = useTranslation("uploads");
  const queue = useQueue();
  const recordings = useRecordings();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const { recording, file } = left;
  const begun = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  const throwAway = async () => {
    setIsAsking(false);
    await recordings.remove(recording.id);
    await queries.invalidateQueries({ queryKey: KEY });
  };
  return (
    <li className="flex flex-wrap items-center gap-2 py-3">
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <bdi className="font-medium">{file.name}</bdi> <bdi className="text-quiet text-sm">· {recording.project}</bdi>
        </p>
        <p className="text-quiet text-sm">
          {begun.format(recording.startedAt)} · {bytes(file.size, i18n.language)}
        </p>
      </div>
      <Button
        small
        kind="accent"
        aria-label={t("upload_named", { name: file.name })}
        onClick={() => queue.add([wishOf(left, recordings)])}
      >
        {t("upload_it")}
      </Button>
      <Button small kind="quiet" aria-label={t("throw_away_of", { name: file.name })} onClick={() => setIsAsking(true)}>
        {t("throw_away")}
      </Button>
      {isAsking && (
        <Confirm
          title={t("discard_recording_ask")}
          action={t("throw_away")}
          onConfirm={() => void throwAway()}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("discard_recording_hint")}</p>
        </Confirm>
      )}
    </li>
  );
}

/** The kept recordings that no tab records now. */
async function leftIn(recordings: RecordingStore): Promise<Recorded[]> {
  const [all, taken] = await Promise.all([recordings.all(), claimed()]);
  const left = all.filter(({ id }) => !taken.has(id));
  return Promise.all(left.map(async (one) => ({ recording: one, file: fileOf(one, await recordings.pieces(one.id)) })));
}
