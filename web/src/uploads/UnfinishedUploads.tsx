import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Confirm } from "../components/Confirm";
import { ProgressBar } from "../components/ProgressBar";
import { Section } from "../components/Section";
import { bytes } from "./bytes";
import { FileButton } from "./FileButton";
import { useQueue, useUploads } from "./Uploads";
import { discardUpload, type Unfinished, unfinishedQuery, urlOf } from "./unfinished";

/** What was broken off before this page was opened: choosing the file again goes on where it stopped. */
export function UnfinishedUploads() {
  const { t } = useTranslation("uploads");
  const { data: found = [] } = useQuery(unfinishedQuery);
  const uploads = useUploads();
  const isGoingOn = ({ name, length, project }: Unfinished) =>
    uploads.some((upload) => upload.name === name && upload.size === length && upload.project === project);
  const left = found.filter((one) => !isGoingOn(one));
  if (left.length === 0) return null;
  return (
    <Section title={t("unfinished")} lead={t("unfinished_hint")}>
      <ul className="divide-y divide-line">
        {left.map((one) => (
          <UnfinishedUpload key={one.id} unfinished={one} />
        ))}
      </ul>
    </Section>
  );
}

function UnfinishedUpload({ unfinished }: { unfinished: Unfinished }) {
  const { t, i18n } = useTranslation("uploads");
  const queue = useQueue();
  const [isOther, setIsOther] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const { name, project, length: size, offset } = unfinished;
  const goOn = ([file]: File[]) => {
    if (file === undefined) return;
    const isSame = file.name === name && file.size === size;
    setIsOther(!isSame);
    if (isSame) queue.add([{ file, project: project ?? "" }]);
  };
  const shown = { sent: bytes(offset, i18n.language), size: bytes(size, i18n.language) };
  return (
    <li className="py-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 break-words">
          <bdi className="font-medium">{name}</bdi> <bdi className="text-quiet text-sm">· {project}</bdi>
        </p>
        <FileButton small aria-label={t("choose_again_for", { name })} onFiles={goOn}>
          {t("choose_again")}
        </FileButton>
        <Button small kind="quiet" aria-label={t("throw_away_of", { name })} onClick={() => setIsAsking(true)}>
          {t("throw_away")}
        </Button>
      </div>
      <ProgressBar label={t("progress_of", { name })} share={size === 0 ? 0 : offset / size} />
      <p className="mt-1 text-quiet text-sm">{t("unfinished_at", shown)}</p>
      {isOther && (
        <p role="alert" className="break-words text-bad text-sm">
          {t("other_file", { name, size: shown.size })}
        </p>
      )}
      {isAsking && <ThrowAway unfinished={unfinished} onClose={() => setIsAsking(false)} />}
    </li>
  );
}

function ThrowAway({ unfinished, onClose }: { unfinished: Unfinished; onClose: () => void }) {
  const { t } = useTranslation("uploads");
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => discardUpload(urlOf(unfinished)),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries(unfinishedQuery);
    },
  });
  return (
    <Confirm
      title={t("throw_away_upload")}
      action={t("throw_away")}
      busy={isPending}
      error={error}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{t("throw_away_upload_hint")}</p>
    </Confirm>
  );
}
