import { DeleteMeeting } from "./DeleteMeeting";
import { useDesk } from "./desk";
import { Rehear } from "./Rehear";
import { Shortcuts } from "./Shortcuts";
import { TellSpeakers } from "./TellSpeakers";

const DIALOGS = { shortcuts: Shortcuts, rehear: Rehear, tell: TellSpeakers, delete: DeleteMeeting };

/** The window that is open over the screen. */
export function Dialogs() {
  const { dialog, open } = useDesk();
  if (dialog === null) return null;
  const Open = DIALOGS[dialog];
  return <Open onClose={() => open(null)} />;
}
