import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { Folded } from "./Folded";
import { KINDS, kindFrom, type SayableKind } from "./fields";
import { KindField } from "./KindField";
import { type Line, linesOf } from "./lines";
import type { Matter, MatterKind } from "./queries";
import { useChanged } from "./useChanged";

type Step = Matter["history"][number];

interface SplitProps {
  project: string;
  matter: Matter;
  /** What the matter was when it was seen. */
  tag: string | undefined;
  onDone: () => void;
}

/** Says, under a fold, that what one meeting said of a matter is two things. Nothing where each said only one line. */
export function SplitMatter({ project, matter, tag, onDone }: SplitProps) {
  const { t } = useTranslation("project");
  const several = matter.history.filter(({ lines, by_hand }) => lines.length > 1 && !("status" in by_hand));
  if (several.length === 0) return null;
  return (
    <Folded title={t("split")}>
      <ul className="space-y-6">
        {several.map((step) => (
          <li key={step.item_id}>
            <SplitForm project={project} step={step} kind={matter.kind} tag={tag} onDone={onDone} />
          </li>
        ))}
      </ul>
    </Folded>
  );
}

function SplitForm({
  project,
  step,
  kind,
  tag,
  onDone,
}: {
  project: string;
  step: Step;
  kind: MatterKind;
  tag: string | undefined;
  onDone: () => void;
}) {
  const { t } = useTranslation("project");
  const [apart, setApart] = useState<readonly number[]>([]);
  const [otherKind, setOtherKind] = useState<SayableKind>(kindFrom(kind) ?? "decision");
  const changed = useChanged(project);
  const rest = step.lines.filter((line) => !apart.includes(line));
  const splitting = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST("/api/v1/items/{item_id}/split", {
          params: { path: { item_id: step.item_id }, header: { "If-Match": tag } },
          body: { parts: [{ lines: rest }, { lines: [...apart], kind: otherKind }] },
        }),
      ),
    onSuccess: onDone,
    onSettled: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    splitting.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-3">
      <fieldset>
        <legend className="mb-1 font-medium text-sm">{t("split_on", { day: day(step.date, spoken()) })}</legend>
        {linesOf(step).map((line) => (
          <Tick
            key={line.at}
            line={line}
            ticked={apart.includes(line.at)}
            onTick={(ticked) => setApart(ticked ? [...apart, line.at] : apart.filter((at) => at !== line.at))}
          />
        ))}
      </fieldset>
      <KindField label={t("split_kind")} kinds={partKinds(kind)} kind={otherKind} onKind={setOtherKind} />
      {splitting.isError && <Failure error={splitting.error} />}
      <Button type="submit" disabled={apart.length === 0 || rest.length === 0 || splitting.isPending}>
        {t("split_go")}
      </Button>
    </form>
  );
}

/** What a part can be: a measure only of a measure, whose name and value it takes over. */
const partKinds = (whole: MatterKind) => KINDS.filter((kind) => kind !== "metric" || whole === "metric");

function Tick({ line, ticked, onTick }: { line: Line; ticked: boolean; onTick: (ticked: boolean) => void }) {
  return (
    <label className="flex items-baseline gap-2 py-1 text-sm">
      <input type="checkbox" checked={ticked} onChange={(event) => onTick(event.target.checked)} />
      <span dir="auto" className="min-w-0 break-words">
        {line.text}
      </span>
    </label>
  );
}
