import { formatDay } from "@/lib/format";
import type { AheadMonth, Band, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";

export const monthWords = (month: string): string => formatDay(`${month}-01`, "month");

const list = (months: readonly string[]): string => {
  const words = months.map(monthWords);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
};

const MOST_NAMED = 6;

/** "Net burn" is "net burn" within a sentence; "MRR" stays "MRR". */
const inSentence = (label: string): string =>
  /^[A-Z]{2}/.test(label) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);

/** Why there is no forecast, and what would make one. */
export function refusalWords({ reason, months }: NonNullable<ForecastPage["refusal"]>, name: string): string {
  const label = inSentence(name);
  if (reason === "no-data") return `Unknown, because no month of ${label} is stored.`;
  if (reason === "too-few-months") return `Unknown, because fewer than seven months of ${label} are known.`;
  if (reason === "no-forecast") return `Unknown, because no forecast of ${label} stays finite.`;
  if (reason === "no-burn") return "Unknown, because net burn is not stored: cash alone moves with money raised.";
  if (reason === "not-computable")
    return `Unknown, because ${label} cannot be computed for the newest months, since ${monthWords(months[0] ?? "")}.`;
  const named = months.slice(-MOST_NAMED);
  const more = months.length > named.length ? " and others before" : "";
  return `Unknown, because months are missing or contradict each other: ${list(named)}${more}. Nothing is filled in.`;
}

/** Why a benchmark stands in for a model. */
export const MODEL_REASONS: Readonly<Record<string, string>> = {
  "constant-series": "Its value never changed, so the last one is carried on, without an interval.",
  "too-few-values": "There are too few months for a model, so a straight line stands in.",
  "shorter-than-two-seasons": "Less than two years are known, so a straight line stands in.",
};

const KINDS: Readonly<Record<string, string>> = { A: "added", M: "multiplied", N: "none" };

/** "ETS(M,Ad,N)" as a person says it. */
export function modelWords(name: string): string {
  const match = /^ETS\((.),(.)(d?),(.)\)$/.exec(name);
  if (!match) return name === "drift" ? "The line from the first to the last month goes on" : "The last value goes on";
  const [, error = "", trend = "", damped = "", season = ""] = match;
  const parts = [
    `errors ${KINDS[error]}`,
    trend === "N" ? "no trend" : `trend ${KINDS[trend]}${damped ? " and damped" : ""}`,
    season === "N" ? "no season" : `season ${KINDS[season]}`,
  ];
  return `Exponential smoothing: ${parts.join(", ")}`;
}

/** What the page promises of a month: the intervals widened by past errors, or the model's own where too little came yet. */
export const promised = ({ wide, bands }: Pick<AheadMonth, "wide" | "bands">): readonly Band[] =>
  wide.length > 0 ? wide : bands;

/** The finding: whether the interval at the end of the horizon leaves out today's value. */
export function forecastFinding({ label, ahead, actual }: Pick<ForecastPage, "label" | "ahead" | "actual">): string {
  const last = actual.findLast(({ known }) => known)?.figure.value ?? null;
  const month = ahead.at(-1);
  const band = month && promised(month)[0];
  if (last === null || !band || band.low.value === null || band.high.value === null)
    return `${label}: no interval can be told`;
  if (Number(band.low.value) > Number(last)) return `${label} is expected to rise`;
  if (Number(band.high.value) < Number(last)) return `${label} is expected to fall`;
  return `${label} may rise or fall`;
}
