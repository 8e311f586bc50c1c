const two = (value: number) => String(value).padStart(2, "0");

/** The day of a moment where the user is: 2026-03-02. */
export function localDay(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** A moment with the offset of where the user is, for the day is what counts: 2026-03-02T07:30:00+08:00. */
export function localInstant(moment: Date): string {
  const offset = -moment.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(":");
  return `${localDay(moment)}T${time}${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}
