import { client, type Schemas, unwrap } from "./client";

/**
 * Says of a link that it holds, that it does not, or, with null, nothing any more. That can be said as well of a link
 * that is gone since it was rejected.
 */
export function judgeLink(link: Schemas["LinkDocument"], confirmed: boolean | null) {
  return unwrap(
    client.PUT("/api/v1/links/{later}/{earlier}", {
      params: { path: { later: link.item_id, earlier: link.earlier_id } },
      body: { confirmed },
    }),
  );
}
