import { useQuery } from "@tanstack/react-query";
import { ChevronDown, RotateCcw } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { useFailureWords } from "../../components/Failure";
import { spoken } from "../../i18n";
import { tiersQuery } from "./queries";

/** The tier in which no model takes part. */
const NO_MODEL = "none";

/** Asks the same question again, as before or with the model of another tier. */
export function AgainMenu({
  project,
  disabled,
  onAgain,
}: {
  project: string | undefined;
  disabled: boolean;
  onAgain: (tier?: string) => void;
}) {
  const { t } = useTranslation("ask");
  const [open, setOpen] = useState(false);
  return (
    <span className="inline-flex">
      <Button small kind="quiet" disabled={disabled} onClick={() => onAgain()}>
        <RotateCcw aria-hidden />
        {t("again")}
      </Button>
      <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            small
            kind="quiet"
            disabled={disabled}
            aria-label={t("other_tier")}
            title={t("other_tier")}
            className="px-1.5"
          >
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="start"
            sideOffset={4}
            collisionPadding={12}
            className="z-40 w-72 rounded-lg border border-line bg-raised p-1 shadow-lg"
          >
            <Tiers project={project} onChoose={onAgain} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </span>
  );
}

function Tiers({ project, onChoose }: { project: string | undefined; onChoose: (tier: string) => void }) {
  const { t } = useTranslation(["ask", "common"]);
  const { data: tiers, error, isPending } = useQuery(tiersQuery(project, spoken()));
  const { said } = useFailureWords(error);
  return (
    <>
      <DropdownMenu.Label className="px-3 py-1.5 text-quiet text-sm">{t("other_tier")}</DropdownMenu.Label>
      {isPending && <p className="px-3 py-1.5 text-quiet text-sm">{t("common:loading")}</p>}
      {error && <p className="px-3 py-1.5 text-bad text-sm">{said}</p>}
      {tiers?.map((tier) => (
        <Choice
          key={tier.tier}
          name={tier.tier}
          about={tier.reason ?? [tier.model, tier.remote ? t("remote") : ""].filter(Boolean).join(" · ")}
          disabled={tier.state === "refused"}
          onChoose={() => onChoose(tier.tier)}
        />
      ))}
      <Choice name={t("tier_none")} onChoose={() => onChoose(NO_MODEL)} />
    </>
  );
}

function Choice({
  name,
  about,
  disabled = false,
  onChoose,
}: {
  name: string;
  about?: string;
  disabled?: boolean;
  onChoose: () => void;
}) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onChoose}
      className="cursor-pointer rounded-md px-3 py-1.5 outline-none data-[disabled]:cursor-default data-[highlighted]:bg-accent-soft data-[disabled]:text-quiet"
    >
      <span className="block">{name}</span>
      {about && <span className="block break-words text-quiet text-sm">{about}</span>}
    </DropdownMenu.Item>
  );
}
