/** The most that the server gives on one page. */
export const PAGE = 500;

/** What all pages of a list hold together. */
export async function everyPage<T>(read: (cursor: string | undefined) => Promise<{ found: T[]; next: string | null }>) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { found, next } = await read(cursor);
    all.push(...found);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}
