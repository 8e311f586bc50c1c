import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty";

/** There is no meeting at all: where to bring some. */
export function NoProjects() {
  const { t } = useTranslation("compare");
  return (
    <Empty title={t("no_projects")}>
      <p>{t("no_projects_hint")}</p>
      <Link to="/meetings" className="text-accent underline">
        {t("go_upload")}
      </Link>
    </Empty>
  );
}

/** No project is chosen, or one that is gone: all of them to choose from. */
export function ChooseProject({ names, gone }: { names: readonly string[]; gone: string | undefined }) {
  const { t } = useTranslation("compare");
  return (
    <Empty title={gone === undefined ? t("choose_project") : t("project_gone", { name: gone })}>
      <ul className="flex flex-wrap justify-center gap-2">
        {names.map((name) => (
          <li key={name} className="max-w-full">
            <Link
              to="/compare"
              search={{ project: name }}
              className="block break-words rounded-md border border-line bg-raised px-3.5 py-2 font-medium text-ink hover:bg-sunken"
            >
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </Empty>
  );
}

/** The project has meetings of one day at most: why that is too little, and what to do. */
export function TooFew({ project }: { project: string }) {
  const { t } = useTranslation("compare");
  return (
    <Empty title={t("too_few")}>
      <p className="max-w-md">{t("too_few_hint")}</p>
      <p className="flex flex-wrap justify-center gap-x-4 gap-y-1 text-accent">
        <Link to="/meetings" search={{ project }} className="underline">
          {t("go_upload")}
        </Link>
        <Link to="/projects/$project" params={{ project }} className="underline">
          {t("see_project")}
        </Link>
      </p>
    </Empty>
  );
}
