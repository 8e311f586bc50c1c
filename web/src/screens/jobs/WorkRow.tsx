import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Failure } from "../../components/Failure";

/**
 * A row of the work on a meeting: the title leads to it, `about` is a quiet line, the children say how it stands.
 * `action` is what can be done, `error` why that did not work.
 */
export function WorkRow({
  meeting,
  title,
  about,
  action,
  error,
  children,
}: {
  meeting: string;
  title: string;
  about: ReactNode;
  action: ReactNode;
  error: Error | null;
  children: ReactNode;
}) {
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="break-words">
            <Link to="/meetings/$meeting" params={{ meeting }} className="font-medium hover:underline">
              <bdi>{title}</bdi>
            </Link>
          </p>
          <p className="break-words text-quiet text-sm">{about}</p>
          {children}
        </div>
        {action}
      </div>
      {error !== null && <Failure error={error} />}
    </li>
  );
}
