import { useTranslation } from "react-i18next";
import { ProblemError, UnreachableError } from "../api/client";
import { Button } from "./Button";
import { Coded } from "./Coded";

/** What went wrong, what to do next, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const { said, hint } = useFailureWords(error);
  return (
    <div role="alert" className="m-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-bad-soft px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium text-bad">{said}</p>
        {hint && (
          <p className="break-words text-quiet text-sm">
            <Coded>{hint}</Coded>
          </p>
        )}
      </div>
      {retry && (
        <Button small onClick={retry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

/** An error in words: what happened, and what to do next. */
export function useFailureWords(error: unknown): { said: string; hint: string } {
  const { t } = useTranslation();
  if (error instanceof ProblemError) return { said: error.detail || t("failed"), hint: error.hint };
  if (error instanceof UnreachableError) return { said: t("unreachable"), hint: t("unreachable_hint") };
  return { said: t("failed"), hint: error instanceof Error ? error.message : "" };
}
