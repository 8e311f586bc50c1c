import { useMutation } from "@tanstack/react-query";
import { client, unwrap } from "../api/client";
import { Failure } from "../components/Failure";

/** A screen that could not be shown. Trying again loads the whole page anew, once the server answers. */
export function ScreenFailure({ error }: { error: unknown }) {
  const retrying = useMutation({
    mutationFn: () => unwrap(client.GET("/healthz")),
    onSuccess: () => location.reload(),
  });
  return <Failure error={error} retry={retrying.mutate} />;
}
