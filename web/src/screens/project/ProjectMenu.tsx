import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { projectsQuery } from "../../api/queries";
import { IconButton } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { DeleteProject } from "./DeleteProject";

const ITEM = "cursor-pointer rounded px-3 py-1.5 outline-none data-highlighted:bg-accent-soft";

/** What can be done with a project as a whole: make it private or no longer so, delete it. */
export function ProjectMenu({ project, onDeleted }: { project: Schemas["ProjectDocument"]; onDeleted?: () => void }) {
  const { t } = useTranslation("project");
  const queries = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const changing = useMutation({
    mutationFn: () =>
      unwrap(
        client.PATCH("/api/v1/projects/{name}", {
          params: { path: { name: project.name } },
          body: { private: !project.private },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true }),
  });
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t("menu_of", { name: project.name })}>
            <Ellipsis />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="z-40 min-w-44 rounded-lg border border-line bg-raised p-1 shadow-lg"
          >
            <DropdownMenu.Item className={ITEM} onSelect={() => changing.mutate()}>
              {project.private ? t("make_open") : t("make_private")}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={`${ITEM} text-bad`} onSelect={() => setDeleting(true)}>
              {t("delete")}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {changing.isError && <Failure error={changing.error} />}
      {deleting && <DeleteProject project={project} onDeleted={onDeleted} onClose={() => setDeleting(false)} />}
    </>
  );
}
