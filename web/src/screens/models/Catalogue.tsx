import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Described } from "../../components/Described";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { spoken } from "../../i18n";
import { bytes } from "./figures";
import { type Model, modelsQuery } from "./queries";

const TASKS = ["speech", "speakers", "embedding", "reranker", "chat"] as const satisfies readonly Model["task"][];

/** Every model that can run on this machine, by what it is for: whether it is here, its size and its licence. */
export function Catalogue() {
  const { t } = useTranslation("models");
  const models = useQuery(modelsQuery);
  return (
    <Section title={t("catalogue")} lead={t("catalogue_lead")}>
      {models.isPending && <Loading />}
      {models.isError && <Failure error={models.error} retry={() => models.refetch()} />}
      {models.data && TASKS.map((task) => <OfTask key={task} task={task} models={models.data} />)}
    </Section>
  );
}

function OfTask({ task, models }: { task: Model["task"]; models: readonly Model[] }) {
  const { t } = useTranslation("models");
  const found = models.filter((model) => model.task === task);
  if (found.length === 0) return null;
  return (
    <div className="mb-5">
      <h3 className="mb-1 font-medium text-quiet text-sm">{t(`for_${task}`)}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {found.map((model) => (
          <ModelRow key={model.name} model={model} />
        ))}
      </ul>
    </div>
  );
}

function ModelRow({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const { name, state, size, memory_bytes: memory, licence, problem } = model;
  const facts = [
    bytes(size, spoken()),
    ...(memory > 0 ? [t("memory", { size: bytes(memory, spoken()) })] : []),
    t("licence", { licence }),
  ];
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="break-all font-medium">{name}</span>
          {model.default && <span className="rounded bg-sunken px-1.5 text-quiet text-xs">{t("is_default")}</span>}
        </p>
        <p className="break-words text-quiet text-sm">
          <Described {...model} />
        </p>
        {problem && state !== "missing" && <p className="break-words text-bad text-sm">{problem}</p>}
      </div>
      <div className="text-sm sm:text-right">
        <p className={state === "present" ? "text-good" : state === "missing" ? "text-quiet" : "text-warn"}>
          {t(`is_${state}`)}
        </p>
        <p className="text-quiet">{facts.join(" · ")}</p>
      </div>
    </li>
  );
}
