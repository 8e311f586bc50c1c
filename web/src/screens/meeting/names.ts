/** Whether it is nobody's name: nobody known, or the number of a voice. */
export function isNameless(speaker: string | null): boolean {
  return speaker === null || /^(speaker|发言人|说话人|讲话人)\s*\d+$/i.test(speaker);
}
