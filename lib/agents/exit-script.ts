import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { TaskHeader } from "./agent";
import { isQuotable } from "./grounding";
import type { Finding, NextMove, Script } from "./growth-script";
import { withLearnings } from "./learnings-script";

/** How the built-in analyst does the tasks of the Exit Preparation Advisor. Pure: the conversation decides. */

const figureSchema = z.object({
  ...{ id: z.string(), label: z.string(), value: z.string().nullable(), method: z.string() },
  reason: z.string().optional(),
});
type Seen = z.infer<typeof figureSchema>;
const answerSchema = z.object({ ok: z.literal(true), result: z.unknown(), figures: z.array(figureSchema) });

const labelled = z.array(z.object({ label: z.string() }));
const readinessSchema = z.object({
  ...{ score: z.string(), coverage: z.string(), band: z.string().nullable() },
  components: z.array(z.object({ label: z.string(), figure: z.string() })),
  ...{ redFlags: labelled, unanswered: labelled, stale: labelled },
  actions: z.array(z.object({ label: z.string(), points: z.string(), worth: z.string() })),
});
const id = z.string().nullable();
const titled = z.object({ title: z.string() }).nullable();
const roomSchema = z.object({
  ...{ room: z.boolean(), completeness: id, priceEffect: id, seriousFindings: z.boolean() },
  sections: z.array(z.object({ title: z.string(), figure: id, missing: z.array(z.object({ title: z.string() })) })),
  waiting: z
    .object({
      figures: z.object({ requests: id, overdue: id, findings: id, expired: id, expiring: id }),
      findings: z.array(z.object({ title: z.string(), severity: z.string(), section: titled })),
      documents: z.array(z.object({ title: z.string(), expiresOn: z.string(), section: titled })),
    })
    .nullable(),
});
const caseSchema = z.object({
  ...{ open: z.boolean(), startedOn: id, ready: z.boolean().nullable(), valuedOn: id },
  criteria: z.array(z.object({ criterion: z.string(), met: z.boolean(), missing: z.array(z.string()) })),
  rollbacks: z.array(z.object({ kind: z.string(), state: z.string(), on: id })),
  figures: z.object({ buyers: id, equity: id, equityLow: id, equityHigh: id, group: id }),
});
const told = z.object({ figure: z.string() });
const timingSchema = z.object({
  verdict: told,
  market: z.enum(["open", "between", "shut"]).nullable(),
  waiting: z.array(z.object({ months: z.number(), p10: told, p50: told, p90: told })),
});
const proposedSchema = z.object({ outcome: z.enum(["ask", "execute"]) });

type Readiness = z.infer<typeof readinessSchema>;
type Room = z.infer<typeof roomSchema>;
type Case = z.infer<typeof caseSchema>;
type Timing = z.infer<typeof timingSchema>;

const READINESS = "venture.readiness";
const ROOM = "venture.data-room";
const CASE = "venture.exit-preparation";
const TIMING = "market.exit-window";
const PROPOSE = "exit.propose-approval";

/** What the tools said, and their figures by id. */
type Heard = {
  readiness: Readiness | null;
  room: Room | null;
  exit: Case | null;
  timing: Timing | null;
  figure: (id: string | null) => Seen | null;
};

function heard(findings: readonly Finding[]): Heard {
  const answers = new Map(findings.map(({ tool, data }) => [tool, answerSchema.safeParse(data).data ?? null]));
  const known = new Map(
    [...answers.values()].flatMap((answer) => (answer?.figures ?? []).map((figure) => [figure.id, figure] as const)),
  );
  return {
    readiness: readinessSchema.safeParse(answers.get(READINESS)?.result).data ?? null,
    room: roomSchema.safeParse(answers.get(ROOM)?.result).data ?? null,
    exit: caseSchema.safeParse(answers.get(CASE)?.result).data ?? null,
    timing: timingSchema.safeParse(answers.get(TIMING)?.result).data ?? null,
    figure: (of) => (of ? (known.get(of) ?? null) : null),
  };
}

/** 40.2 runs, the target is reached, and the stored facts meet all three criteria. */
const mayPropose = (exit: Case | null): boolean =>
  exit !== null && exit.startedOn !== null && exit.ready === true && exit.criteria.every(({ met }) => met);

function prepare({ venture }: TaskHeader, findings: readonly Finding[]): NextMove {
  const found = (tool: string) => findings.find((finding) => finding.tool === tool);
  const input = { venture };
  if (!found(READINESS)) return { say: "First, how ready the venture is.\n", tool: READINESS, input };
  if (!found(ROOM)) return { say: "Now the due diligence package.\n", tool: ROOM, input };
  if (!found(CASE)) return { say: "Now criteria, value and buyers.\n", tool: CASE, input };
  if (!found(TIMING)) return { say: "Now the window of the market.\n", tool: TIMING, input };
  const all = heard(findings);
  if (mayPropose(all.exit) && !found(PROPOSE))
    return { say: "All criteria are met, so the chairman is asked.\n", tool: PROPOSE, input };
  return { say: report(all, found(PROPOSE)), tool: null };
}

const quote = (figure: Seen): string => figureReference(figure.id);
const named = (label: string): string => (isQuotable(label) ? `[[name:${label}]]` : "one point of the list");
/** A title that is a sentence cannot be quoted: what it names is told by the section that it stands in. */
const titledOr = (title: string, section: { title: string } | null, kind: string): string =>
  isQuotable(title) ? `[[name:${title}]]` : `${kind}${section ? ` under ${named(section.title)}` : ""}`;
const heading = (title: string): string => `## ${title}\n\n`;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}\n`).join("");
const known = (figure: Seen | null): Seen | null => (figure && figure.value !== null ? figure : null);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function report(all: Heard, proposed: Finding | undefined): string {
  return [
    heading("Summary") + summary(all, proposed),
    heading("Readiness") + aboutReadiness(all),
    heading("Due diligence") + aboutRoom(all),
    heading("Value and buyers") + aboutValue(all),
    heading("Timing") + aboutTiming(all),
    heading("What could send it back") + aboutRollbacks(all.exit),
    heading("What to do next") + nextSteps(all),
    heading("What is missing") + missing(all),
  ].join("\n");
}

function summary({ readiness, exit, figure }: Heard, proposed: Finding | undefined): string {
  const score = known(figure(readiness?.score ?? null));
  const first = score
    ? `Exit readiness is ${quote(score)}${readiness?.band ? `, ${readiness.band}` : ""}. `
    : "Exit readiness cannot be told: too little of it has been answered. ";
  const open = exit?.criteria.filter(({ met }) => !met).map(({ criterion }) => criterion.toLowerCase()) ?? [];
  const second =
    exit === null
      ? ""
      : open.length === 0
        ? "All criteria of exit preparation are met. "
        : `Not yet met: ${open.join("; ")}. `;
  return `${first}${second}${asked(exit, proposed)}\n`;
}

function asked(exit: Case | null, proposed: Finding | undefined): string {
  if (!exit?.startedOn) return "Exit preparation has not been started.";
  if (!proposed)
    return exit.ready
      ? "Readiness has reached its target: the approval is the chairman's to give."
      : "No exit is proposed.";
  const answer = answerSchema.safeParse(proposed.data);
  return proposedSchema.safeParse(answer.data?.result).success
    ? "The chairman is asked to approve the exit; nothing happens before that."
    : "The exit could not be proposed; the trace says why.";
}

function aboutReadiness({ readiness, figure }: Heard): string {
  if (!readiness) return "Readiness could not be read.\n";
  const lines = readiness.components.flatMap(({ label, figure: of }) => {
    const value = known(figure(of));
    return [value ? `${named(label)}: ${quote(value)}.` : `${named(label)} is not known.`];
  });
  const coverage = known(figure(readiness.coverage));
  const answered = coverage ? `Answered so far: ${quote(coverage)}.\n\n` : "";
  const flags = readiness.redFlags.map(({ label }) => named(label)).join(", ");
  return `${answered}${list(lines)}${flags ? `\nRed flags that gate the band: ${flags}.\n` : ""}`;
}

/** As many as a reader takes in. */
const SOME = 6;

function aboutRoom({ room, figure }: Heard): string {
  if (!room?.room) return "There is no data room yet.\n";
  const completeness = known(figure(room.completeness));
  const filed = completeness ? `Of the required items this part is filed: ${quote(completeness)}. ` : "";
  const effect = known(figure(room.priceEffect));
  const price = effect ? `Findings as they stand would take ${quote(effect)} off the price. ` : "";
  const findings = room.seriousFindings ? "Serious findings are open." : "No serious finding is open.";
  const gaps = room.sections.filter((section) => section.missing.length > 0).slice(0, SOME);
  const lines = gaps.flatMap(({ title, figure: of }) => {
    const value = known(figure(of));
    return value ? [`${named(title)}: ${quote(value)} filed.`] : [];
  });
  const gapList = lines.length > 0 ? `\nThe sections with gaps:\n\n${list(lines)}` : "";
  return `${filed}${price}${findings}\n${gapList}${aboutWaiting({ room, figure })}`;
}

type RoomFinding = NonNullable<Room["waiting"]>["findings"][number];
function findingText({ title, severity, section }: RoomFinding): string {
  if (isQuotable(title)) return `${named(title)} is a finding of ${severity} severity.`;
  return `${titledOr(title, section, `A finding of ${severity} severity`)} is open.`;
}

/** Requests, findings and documents that somebody has to act on. */
function aboutWaiting({ room, figure }: Pick<Heard, "room" | "figure">): string {
  if (!room?.waiting) return "";
  const { figures, findings, documents } = room.waiting;
  const count = (of: string | null, words: string) => {
    const value = known(figure(of));
    return value && value.value !== "0" ? [`${words}: ${quote(value)}.`] : [];
  };
  const lines = [
    ...count(figures.requests, "Open requests"),
    ...count(figures.overdue, "Of these overdue"),
    ...count(figures.findings, "Open findings"),
    ...findings.slice(0, SOME).map((finding) => findingText(finding)),
    ...count(figures.expired, "Documents that have expired"),
    ...count(figures.expiring, "Documents that expire soon"),
    ...documents
      .slice(0, SOME)
      .map((one) => `${titledOr(one.title, one.section, "A document")} counts until ${dayWords(one.expiresOn)}.`),
  ];
  return lines.length > 0 ? `\nWhat waits in the room:\n\n${list(lines)}` : "\nNothing waits in the room.\n";
}

function aboutValue({ exit, figure }: Heard): string {
  if (!exit) return "Value and buyers could not be read.\n";
  const { equity, equityLow, equityHigh, group, buyers } = exit.figures;
  const [central, low, high] = [known(figure(equity)), known(figure(equityLow)), known(figure(equityHigh))];
  const range = low && high ? `, between ${quote(low)} and ${quote(high)}` : "";
  const value = central
    ? `The equity is worth ${quote(central)}${range}, as valued on ${dayWords(exit.valuedOn ?? "an unknown day")}. `
    : "No valuation is kept. ";
  const net = known(figure(group));
  const proceeds = net ? `The group would receive ${quote(net)}. ` : "What the group would receive is not known. ";
  const qualified = known(figure(buyers));
  return `${value}${central ? proceeds : ""}${qualified ? `Qualified buyers: ${quote(qualified)}.` : "No buyer has been entered."}\n`;
}

const MARKET_WORDS = {
  open: "The window of the market is open. ",
  between: "The window of the market is neither open nor shut. ",
  shut: "The window of the market is shut. ",
} as const;
const YEAR = 12;

function aboutTiming({ timing, figure }: Heard): string {
  if (!timing) return "Timing could not be read.\n";
  const verdict = known(figure(timing.verdict.figure));
  const year = timing.waiting.find(({ months }) => months === YEAR);
  const [low, middle, high] = [year?.p10, year?.p50, year?.p90].map((one) => known(figure(one?.figure ?? null)));
  const market = timing.market ? MARKET_WORDS[timing.market] : "Whether the window is open is not known. ";
  const says = verdict ? `The stated rule says ${quote(verdict)}. ` : "The stated rule gives no answer yet. ";
  const waiting =
    low && middle && high
      ? `Sold a year from now it would be worth ${quote(middle)} in the money of today, between ${quote(low)} and ${quote(high)}.`
      : "What waiting is worth is not known.";
  return `${market}${says}${waiting}\n`;
}

const ROLLBACK_WORDS: Readonly<Record<string, string>> = {
  "no-buyer": "no qualified buyer is found in time",
  "readiness-low": "readiness stays low for too long",
  "readiness-stalled": "the remediation brings no progress",
  "growth-negative": "revenue shrinks for two quarters",
  "key-person": "a key person leaves",
  "market-crash": "the multiples of the market halve",
};

function aboutRollbacks(exit: Case | null): string {
  if (!exit || exit.rollbacks.length === 0) return "Exit preparation has not been started, so no rule of it runs.\n";
  const near = exit.rollbacks.filter(({ state }) => state === "near" || state === "holds");
  const unknown = exit.rollbacks.filter(({ state }) => state === "unknown");
  const word = ({ kind }: Case["rollbacks"][number]) => ROLLBACK_WORDS[kind] ?? kind;
  const lines = [
    ...near.map(
      (rule) =>
        `${rule.state === "holds" ? "It holds" : "It is near"}: ${word(rule)}${rule.on ? ` (${rule.on})` : ""}.`,
    ),
    ...unknown.map((rule) => `The data does not say whether ${word(rule)}.`),
  ];
  return lines.length > 0 ? list(lines) : "No rule is near.\n";
}

function nextSteps({ readiness, exit, figure }: Heard): string {
  const actions = (readiness?.actions ?? []).slice(0, SOME).map(({ label, points, worth }) => {
    const [lost, hour] = [known(figure(points)), known(figure(worth))];
    const brings = lost ? `: up to ${quote(lost)} of readiness` : "";
    return `${named(label)}${brings}${hour ? `, an hour of it worth ${quote(hour)} by estimate` : ""}.`;
  });
  const gaps = exit?.criteria.flatMap(({ missing: lacks }) => lacks).filter((words) => !/\d/.test(words)) ?? [];
  const lines = [...actions, ...gaps];
  return lines.length > 0 ? list(lines) : "Nothing that the stored facts name.\n";
}

function missing({ readiness, room, exit, timing }: Heard): string {
  const lines = [
    ...(readiness?.unanswered.slice(0, 12).map(({ label }) => `${named(label)} is not answered.`) ?? []),
    ...(readiness?.stale.slice(0, SOME).map(({ label }) => `The evidence of ${named(label)} is old.`) ?? []),
    ...(room && !room.room ? ["The data room."] : []),
    ...(exit && exit.valuedOn === null ? ["A valuation."] : []),
    ...(exit && timing === null ? ["Timing."] : []),
  ];
  if (lines.length === 0) return "Nothing that this report asks for.\n";
  return `The data does not say, so nothing here rests on it:\n\n${list(lines)}`;
}

const ABOUT: readonly { words: RegExp; tool: string; say: (all: Heard) => string }[] = [
  { words: /\b(?:data room|diligence|documents?|findings?|requests?|expir\w+)\b/iu, tool: ROOM, say: aboutRoom },
  { words: /\b(?:worth|value|valuation|equity|proceeds|buyers?|price)\b/iu, tool: CASE, say: aboutValue },
  { words: /\b(?:timing|window|wait(?:ing)?|when|hold)\b/iu, tool: TIMING, say: aboutTiming },
  {
    words: /\b(?:roll ?back|send (?:it|us) back|crash|risks?)\b/iu,
    tool: CASE,
    say: ({ exit }) => aboutRollbacks(exit),
  },
  { words: /\b(?:missing|unknown|gaps?|unanswered)\b/iu, tool: READINESS, say: missing },
  {
    words:
      /\b(?:next|improve|raise|increase|levers?|initiatives?|recommend\w*|(?:what )?(?:should|can|could) (?:we|they|i))\b/iu,
    tool: READINESS,
    say: nextSteps,
  },
  { words: /\b(?:ready|readiness|score|how (?:is|are))\b/iu, tool: READINESS, say: aboutReadiness },
];

/** What is asked about exit preparation; null leaves the question to the metrics of the venture. */
export function exitAnswer(question: string, venture: string, findings: readonly Finding[]): NextMove | null {
  const about = ABOUT.find(({ words }) => words.test(question));
  if (!about) return null;
  if (!findings.some(({ tool }) => tool === about.tool)) return { say: "", tool: about.tool, input: { venture } };
  return { say: capital(about.say(heard(findings))), tool: null };
}

export const exitScripts: Readonly<Record<string, Script>> = { "exit/prepare": withLearnings(prepare) };
