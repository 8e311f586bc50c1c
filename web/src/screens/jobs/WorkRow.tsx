import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { Failure } from "../../components/Failure";

/**
 * A row of the work on a meeting: the title leads to it, `about` is a quiet line that tells it from others of that title,
 * the children say how it stands.
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
  const told = useId();
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="break-words">
            <Link
              to="/meetings/$meeting"
              params={{ meeting }}
              aria-describedby={told}
              className="font-medium hover:underline"
            >
              <bdi>{title}</bdi>
            </Link>
          </p>
          <p id={told} className="break-words text-quiet text-sm">
            {about}
          </p>
          {children}
        </div>
        {action}
      </div>
      {error !== null && <Failure error={error} />}
    </li>
  );
}
