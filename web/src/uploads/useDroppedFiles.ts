import { useEffect, useEffectEvent, useState } from "react";

/** Takes files that are dropped anywhere on the page. Returns whether some are held over it now. */
export function useDroppedFiles(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    // each element on the way tells of the files entering and leaving
    let depth = 0;
    const listen = (type: "dragenter" | "dragover" | "dragleave" | "drop", heard: (event: DragEvent) => void) => {
      const heardOfFiles = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        heard(event);
      };
      window.addEventListener(type, heardOfFiles);
      return () => window.removeEventListener(type, heardOfFiles);
    };
    const moved = (by: number) => () => {
      depth = Math.max(0, depth + by);
      setIsOver(depth > 0);
    };
    const stops = [
      listen("dragenter", moved(1)),
      listen("dragleave", moved(-1)),
      listen("dragover", () => undefined),
      listen("drop", (event) => {
        depth = 0;
        setIsOver(false);
        void filesOf([...(event.dataTransfer?.items ?? [])]).then((files) => files.length > 0 && take(files));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return isOver;
}

/** The files of what was dropped, and those in its folders. */
async function filesOf(items: readonly DataTransferItem[]): Promise<File[]> {
  // the items can be read only until the event is over; what is no file of a disk has no entry
  const dropped = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((one) => one !== null);
  return (await Promise.all(dropped.map((one) => (one instanceof File ? [one] : filesIn(one))))).flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((found, failed) => entry.file(found, failed))];
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((read, failed) => reader.readEntries(read, failed));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.filter(({ name }) => !name.startsWith(".")).map(filesIn))).flat());
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
