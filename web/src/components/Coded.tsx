/** Words in which commands and names of files stand between backticks; those are shown as such. */
export function Coded({ children }: { children: string }) {
  return children.split("`").map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={at} className="rounded bg-sunken px-1 text-[0.9em] text-ink">
        {part}
      </code>
    ),
  );
}
