import { lazyRouteComponent } from "@tanstack/react-router";
import { client, UnreachableError, unwrap } from "../api/client";

type Components<Name extends string> = Record<Name, () => React.ReactNode>;

/**
 * A screen that is loaded when it is first shown.
 *
 * Where its code is gone since the app was built anew, the router loads the page again. Where the server is gone that
 * would leave an empty page: UnreachableError tells of it instead.
 */
export const lazyScreen = <Name extends string>(load: () => Promise<Components<Name>>, name: Name) =>
  lazyRouteComponent(() => load().catch(tellUnreachable), name);

async function tellUnreachable(error: unknown): Promise<never> {
  await unwrap(client.GET("/healthz")).catch((found) => {
    if (found instanceof UnreachableError) throw found;
  });
  throw error;
}
