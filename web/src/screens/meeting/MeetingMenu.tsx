import { Download, Ellipsis, Keyboard, Scissors, Sparkles, Trash2, UsersRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { useReadAgain } from "../jobs/queries";
import { useDesk } from "./desk";

const FORMATS = ["md", "vtt", "srt", "txt", "json"] as const;
const NEEDS_TIMES = ["vtt", "srt"];
const ENTRY =
  "flex w-full cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-left outline-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-sunken [&_svg]:size-4";

/** What can be done with the whole meeting: taken along, worked on again, deleted. */
export function MeetingMenu() {
  const { t } = useTranslation("meeting");
  const { meeting, open, tell } = useDesk();
  const readAgain = useReadAgain();
  const ready = meeting.stage === "ready";
  const askToRead = () =>
    readAgain.mutate(meeting.id, {
      onSuccess: () => tell({ said: t("reads_again") }),
      onError: (error) => tell({ said: error.message }),
    });
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button small aria-label={t("more")}>
          <Ellipsis aria-hidden />
          <span className="hidden sm:inline">{t("more")}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 max-h-[85dvh] min-w-60 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-lg"
        >
          <Downloads />
          <Divider />
          <Entry icon={<Sparkles aria-hidden />} disabled={!ready} onSelect={askToRead}>
            {t("read_again")}
          </Entry>
          {meeting.has_media && (
            <>
              <Entry icon={<Scissors aria-hidden />} disabled={!ready} onSelect={() => open("rehear")}>
                {t("rehear")}
              </Entry>
              <Entry icon={<UsersRound aria-hidden />} disabled={!ready} onSelect={() => open("tell")}>
                {t("tell")}
              </Entry>
            </>
          )}
          <Entry icon={<Keyboard aria-hidden />} onSelect={() => open("shortcuts")}>
            {t("shortcuts")}
          </Entry>
          <Divider />
          <Entry icon={<Trash2 aria-hidden />} onSelect={() => open("delete")} className="text-bad">
            {t("delete_meeting")}
          </Entry>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Downloads() {
  const { t } = useTranslation("meeting");
  const { meeting, lines } = useDesk();
  const timed = lines.some(({ start }) => start !== null);
  return (
    <DropdownMenu.Group>
      <DropdownMenu.Label className="px-3 py-1 text-quiet text-xs">{t("download")}</DropdownMenu.Label>
      {FORMATS.filter((format) => timed || !NEEDS_TIMES.includes(format)).map((format) => (
        <DropdownMenu.Item key={format} asChild>
          <a
            href={`/api/v1/meetings/${encodeURIComponent(meeting.id)}/transcript?format=${format}&download=true`}
            download
            className={ENTRY}
          >
            <Download aria-hidden />
            {t(`format_${format}`)}
          </a>
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Group>
  );
}

interface EntryProps {
  icon: ReactNode;
  disabled?: boolean;
  className?: string;
  onSelect: () => void;
  children: ReactNode;
}

function Entry({ icon, disabled = false, className = "", onSelect, children }: EntryProps) {
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onSelect} className={`${ENTRY} ${className}`}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

const Divider = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;
