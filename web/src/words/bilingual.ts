/** Words by key, as [Chinese, English], turned into one table for each language. */
export function bilingual<K extends string>(words: Record<K, readonly [string, string]>) {
  const side = (at: 0 | 1) =>
    Object.fromEntries(
      Object.entries<readonly [string, string]>(words).map(([key, pair]) => [key, pair[at]]),
    ) as Record<K, string>;
  return { zh: side(0), en: side(1) };
}
