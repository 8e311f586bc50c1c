import { type ComponentProps, useRef } from "react";
import { Button } from "../components/Button";

const FORMATS = "audio/*,video/*,.vtt,.srt,.txt,.json,.jsonl,.gz";

/** A button that lets files be chosen. */
export function FileButton({
  onFiles,
  multiple = false,
  ...rest
}: Omit<ComponentProps<typeof Button>, "onClick" | "ref"> & { onFiles: (files: File[]) => void; multiple?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()} {...rest} />
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={FORMATS}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // the same file can be chosen again
          event.target.value = "";
        }}
      />
    </>
  );
}
