import { short } from "./cells";
import { plainName } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    trading: "trading|traded|listed|public|trading comparable|comparable|peer",
    precedent: "precedent|sold|transaction|deal|sale|acquisition|precedent transaction|m a",
  }).flatMap(([kind, names]) => names.split("|").map((name) => [name, kind] as const)),
);
const DECIMALS = 8;
/** Whole digits of a stored multiple; a larger one is a slip of the unit. */
const MOST_DIGITS = 6;

/** A multiple of one company on one day by one source. */
export function comparableReader(row: Row, { asOfDay }: ReaderInput) {
  return (): RowOutcome => {
    const kind = readKind(row);
    const name = row.text("name", true);
    const metric = row.text("metric", true);
    const date = row.date("date", true);
    if (date && date > asOfDay)
      row.reject("date", "FUTURE_ACTUAL", `A multiple of ${date}, after the date of the file, ${asOfDay}`);
    const source = row.text("source", true);
    const multiple = readMultiple(row);
    const key = JSON.stringify([kind, name, metric, date, source]);
    return row.outcome(key, () => [kind, name, metric, date, source, multiple]);
  };
}

function readKind(row: Row): string | null {
  const text = row.text("kind", true);
  if (text === null) return null;
  const kind = KINDS.get(plainName(text));
  return kind ?? row.reject("kind", "UNKNOWN_CHOICE", `"${short(text)}" is neither trading nor precedent`);
}

function readMultiple(row: Row): string | null {
  const multiple = row.number("multiple", DECIMALS);
  if (multiple === null)
    return row.rejects.some(({ column }) => column === row.header("multiple")) ? null : row.missing("multiple");
  const whole = multiple.replace("-", "").split(".")[0] ?? "";
  return whole.length > MOST_DIGITS ? row.reject("multiple", "TOO_LARGE", "More than any multiple can be") : multiple;
}
