// Times as people read them, in the insurer's time zone, the way WeChat writes them.

import { say } from "./script.js";

const ZONE = "Asia/Shanghai";
const GAP = 5 * 60_000;
const DAY = 86_400_000;
const FORMAT = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** {year, month, day, hour, minute} of a moment, as strings. */
export function parts(date) {
  return Object.fromEntries(FORMAT.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** Whether a stamp belongs between two messages. */
export const isPause = (before, after) => !before || after - before > GAP;

/** "14:05", "昨天 14:05", "星期三 14:05", "11月3日 14:05", "2025年11月3日 14:05". */
export function stamp(date, now = new Date()) {
  const said = parts(date);
  const clock = `${said.hour}:${said.minute}`;
  const days = dayNumber(now) - dayNumber(date);
  if (days <= 0) return clock;
  if (days === 1) return `${say("yesterday")} ${clock}`;
  if (days < 7) return `${say("weekdays")[(dayNumber(date) + 4) % 7]} ${clock}`;
  return `${say(said.year === parts(now).year ? "date" : "date_year", said)} ${clock}`;
}

/** The value of a date-time input for this moment: 2026-11-21T15:30. */
export function inputValue(date) {
  const { year, month, day, hour, minute } = parts(date);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${hour}:${minute}`;
}

// Days since 1970-01-01 (a Thursday) in the zone; China has no summer time.
function dayNumber(date) {
  const { year, month, day } = parts(date);
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}
