import { BookmarkPlus, Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { useKeep } from "../reports/queries";
import type { Asked } from "./choice";

/** Keeps the comparison as it is now. */
export function Keep({ project, asked }: { project: string; asked: Omit<Asked, "project"> }) {
  const { t } = useTranslation("compare");
  const keep = useKeep(project);
  return (
    <>
      <span role="status" className={keep.isSuccess ? "order-last w-full text-sm sm:order-none sm:w-auto" : "sr-only"}>
        {keep.isSuccess && (
          <>
            <Check aria-hidden className="mr-1 inline size-4 text-good" />
            {t("kept")} ·{" "}
            <a href="#reports" className="text-accent underline">
              {t("see_kept")}
            </a>
          </>
        )}
      </span>
      <Button disabled={keep.isPending} onClick={() => keep.mutate(asked)}>
        <BookmarkPlus aria-hidden />
        {t("keep")}
      </Button>
      {keep.isError && <Failure error={keep.error} />}
    </>
  );
}
