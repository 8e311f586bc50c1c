import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { inOurLanguage, problemOf, UnreachableError } from "../api/client";
import { Button } from "./Button";
import { Failure } from "./Failure";

const FORMATS = ["md", "html", "docx", "pdf", "ics", "json"] as const;

export type SavedFormat = (typeof FORMATS)[number];

/** A menu that saves a document as a file. `address` says where the document is in a format, `name` what to call it. */
export function SaveAs({
  name,
  formats = FORMATS,
  address,
}: {
  name: string;
  formats?: readonly SavedFormat[];
  address: (format: SavedFormat) => string;
}) {
  const { t } = useTranslation();
  const saving = useMutation({ mutationFn: (format: SavedFormat) => save(address(format), `${name}.${format}`) });
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button disabled={saving.isPending}>
            <Download aria-hidden />
            {t("save_as")}
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="z-40 min-w-40 rounded-lg border border-line bg-raised p-1 shadow-lg"
          >
            {formats.map((format) => (
              <DropdownMenu.Item
                key={format}
                onSelect={() => saving.mutate(format)}
                className="cursor-pointer rounded px-3 py-1.5 outline-none data-highlighted:bg-accent-soft"
              >
                {t(`format_${format}`)}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {saving.isError && <Failure error={saving.error} />}
    </>
  );
}

/** Saves what an address answers. A link alone would show a refusal as a page. */
async function save(address: string, name: string): Promise<void> {
  const response = await fetch(address, { headers: inOurLanguage() }).catch((cause: unknown) => {
    throw new UnreachableError(cause);
  });
  if (!response.ok) throw await problemOf(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
