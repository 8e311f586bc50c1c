import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { Dock } from "./Dock";
import { UploadQueue } from "./queue";
import { IndexedDbStore } from "./recorder/indexedDb";
import { openMicrophone } from "./recorder/microphone";
import { type Recorded, Recorder, type RecorderState } from "./recorder/recorder";
import type { RecordingStore } from "./recorder/store";
import { Told } from "./Told";
import { TusTransfer } from "./transfer";
import { isUnderWay, type Upload, type Wish } from "./upload";

interface Intake {
  queue: UploadQueue;
  recorder: Recorder;
  recordings: RecordingStore;
}

const Context = createContext<Intake | null>(null);

function useIntake(): Intake {
  const intake = useContext(Context);
  if (intake === null) throw new Error("there are no uploads around this");
  return intake;
}

/** The queue of uploads: there is one, and it goes on from screen to screen. */
export const useQueue = (): UploadQueue => useIntake().queue;

/** The uploads of this page, as they stand now. */
export function useUploads(): readonly Upload[] {
  const { queue } = useIntake();
  return useSyncExternalStore(queue.subscribe, queue.uploads);
}

/** The recorder of the microphone: there is one, and it goes on from screen to screen. */
export const useRecorder = (): Recorder => useIntake().recorder;

/** What the recorder does now. */
export function useRecorderState(): RecorderState {
  const { recorder } = useIntake();
  return useSyncExternalStore(recorder.subscribe, recorder.now);
}

/** The recordings that this browser keeps. */
export const useRecordings = (): RecordingStore => useIntake().recordings;

/** Uploads a recording that has ended; the browser keeps it until the server has it. */
export const wishOf = ({ recording, file }: Recorded, recordings: RecordingStore): Wish => ({
  file,
  project: recording.project,
  recording: recording.id,
  onDone: () => void recordings.remove(recording.id),
});

/** What takes in files and recordings, whatever screen is shown. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [intake] = useState(newIntake);
  return (
    <Context.Provider value={intake}>
      <Watch />
      {children}
      <Dock />
      <Told />
    </Context.Provider>
  );
}

function newIntake(): Intake {
  const queue = new UploadQueue((wish, events) => new TusTransfer(wish, events));
  const recordings = new IndexedDbStore();
  const recorder = new Recorder(recordings, openMicrophone, (recorded) => queue.add([wishOf(recorded, recordings)]));
  return { queue, recorder, recordings };
}

/** Shows what came of the uploads, goes on when the network is back, and asks before the page is left. */
function Watch() {
  const queue = useQueue();
  const queries = useQueryClient();
  const uploads = useUploads();
  const { phase } = useRecorderState();
  const done = uploads.filter(({ state }) => state === "done").length;
  const isBusy = uploads.some(isUnderWay) || !(phase === "idle" || phase === "asking");

  useEffect(() => {
    if (done === 0) return;
    for (const key of ["meetings", "jobs", "projects", "unfinished-uploads"])
      void queries.invalidateQueries({ queryKey: [key] });
  }, [done, queries]);

  useEffect(() => {
    const goOn = () => queue.retryNow();
    window.addEventListener("online", goOn);
    return () => window.removeEventListener("online", goOn);
  }, [queue]);

  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isBusy]);

  return null;
}
