/** Why something failed, and what to do. */
export function Reason({ error, hint }: { error: string | null; hint: string | null }) {
  return (
    <>
      {error && <p className="break-words text-bad text-sm">{error}</p>}
      {hint && <p className="break-words text-quiet text-sm">{hint}</p>}
    </>
  );
}
