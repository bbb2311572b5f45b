const minuteOfDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment by this machine's clock: Fri, 27 Nov, 06:00. */
export const moment = (at: string) => minuteOfDay.format(new Date(at));

/** A moment as it stands to now: just now, 5 min ago, 3 h ago, else its date. */
export function ago(at: string | number | Date, now = Date.now()): string {
  const moment = new Date(at);
  const minutes = Math.floor((now - moment.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return moment.toISOString().slice(0, 10);
}
