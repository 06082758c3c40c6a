import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { TaskHeader } from "./agent";
import { CANNOT_ANSWER } from "./ask";
import { isQuotable } from "./grounding";
import type { Finding, NextMove, Script } from "./growth-script";

/** How the built-in analyst does the tasks of the Active Venture Coordinator. Pure: the conversation decides. */

const figureSchema = z.object({ id: z.string(), value: z.string().nullable() });
const answerSchema = z.object({ ok: z.literal(true), result: z.unknown(), figures: z.array(figureSchema) });
const matterSchema = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.string(),
  subjects: z.array(z.object({ subject: z.string() })),
});
const id = z.string().nullable();
const outputsSchema = z.object({
  reports: z.array(
    z.object({ agent: z.string(), label: z.string(), writtenOn: z.string(), held: z.boolean(), outdated: z.boolean() }),
  ),
  runs: z.array(z.object({ agent: z.string(), task: z.string(), status: z.string() })),
  memos: z.array(
    z.object({ subject: z.string(), from: z.string(), status: z.string(), dueOn: id, irreversible: z.boolean() }),
  ),
  alerts: z.array(z.object({ label: z.string(), severity: z.string(), since: z.string(), noted: z.boolean() })),
  contradictions: z.array(
    z.object({
      ...{ label: z.string(), explained: z.boolean() },
      reports: z.array(z.object({ label: z.string(), outdated: z.boolean() })),
    }),
  ),
  matters: z.array(matterSchema),
  headline: z.object({ growth: id, readiness: id, equity: id, offer: id }),
});
const stageSchema = z.object({
  status: z.string().nullable(),
  groups: z.array(
    z.object({
      ...{ label: z.string(), holds: z.boolean() },
      criteria: z.array(z.object({ label: z.string(), met: z.boolean(), overridden: z.boolean() })),
    }),
  ),
  waiting: z.array(z.object({ subject: z.string(), whom: z.string() })),
});
type Outputs = z.infer<typeof outputsSchema>;
type Stage = z.infer<typeof stageSchema>;
type Matter = z.infer<typeof matterSchema>;

const OUTPUTS = "crew.outputs";
const STAGE = "stage.standing";
const ESCALATE = "stage.escalate";

type Heard = { outputs: Outputs | null; stage: Stage | null; known: ReadonlySet<string>; escalated: number };

function heard(findings: readonly Finding[]): Heard {
  const resultOf = (tool: string) => answerSchema.safeParse(findings.find((one) => one.tool === tool)?.data).data;
  const [outputs, stage] = [resultOf(OUTPUTS), resultOf(STAGE)];
  return {
    outputs: outputsSchema.safeParse(outputs?.result).data ?? null,
    stage: stageSchema.safeParse(stage?.result).data ?? null,
    known: new Set(outputs?.figures.flatMap((figure) => (figure.value === null ? [] : figure.id))),
    escalated: findings.filter(({ tool, ok }) => tool === ESCALATE && ok).length,
  };
}

function coordinate({ venture }: TaskHeader, findings: readonly Finding[]): NextMove {
  const found = (tool: string) => findings.some((finding) => finding.tool === tool);
  if (!found(OUTPUTS)) return { say: "First, what the crew has put out.\n", tool: OUTPUTS, input: { venture } };
  if (!found(STAGE)) return { say: "Now where the stage stands.\n", tool: STAGE, input: { venture } };
  const all = heard(findings);
  // Each matter once, in order; one that is refused is not tried again.
  const matter = all.outputs?.matters[findings.filter(({ tool }) => tool === ESCALATE).length];
  if (matter) {
    const input = { venture, matter: matter.id, reason: REASONS[matter.kind]?.(matter) ?? "It waits for a word." };
    return { say: "", tool: ESCALATE, input };
  }
  return { say: report(all), tool: null };
}

const heading = (title: string): string => `## ${title}\n\n`;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}\n`).join("");
const named = (label: string, otherwise: string): string => (isQuotable(label) ? `[[name:${label}]]` : otherwise);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const AGENT_WORDS: Readonly<Record<string, string>> = {
  growth: "the Growth Management Specialist",
  exit: "the Exit Preparation Advisor",
  value: "the Value Realization Manager",
  coordinator: "the Coordinator",
};
const agentWords = (agent: string): string => AGENT_WORDS[agent.replace(/^agent:/, "")] ?? "a person";

const both = ({ subjects }: Matter): string =>
  subjects.map(({ subject }) => `the ${named(subject, "report")}`).join(" and ");

/** Why each kind of matter cannot wait, in words. */
const REASONS: Readonly<Record<string, (matter: Matter) => string>> = {
  contradiction: (matter) =>
    matter.subjects.length > 1
      ? `${capital(both(matter))} give different values for the same thing. No file of them is made before the older one is written anew or the difference is explained.`
      : `Figures that ${both(matter)} quotes were corrected after it was written. No file of it is made before it is written anew.`,
  decision: ({ severity, subjects }) =>
    `${subjects.map(({ subject }) => named(subject, "A decision")).join("")} is due now and nobody has decided it.${severity === "critical" ? " It cannot be undone once it is carried out." : ""}`,
  "failed-run": ({ subjects }) =>
    `The last work of ${subjects.map(({ subject }) => agentWords(subject)).join("")} failed, so what it last reported may be old.`,
  refusal: () =>
    "An agent reached for something outside its row of the interaction matrix. The call was not carried out; the trace of its run says what it was.",
  unheeded: ({ subjects }) =>
    `${subjects.map(({ subject }) => named(subject, "A warning")).join("")}: this warning has stood for more than a week, and nobody has noted it.`,
};

function report(all: Heard): string {
  return [
    heading("Summary") + summary(all),
    heading("What needs the chairman") + needs(all),
    heading("Where the stage stands") + standing(all),
    heading("What the crew has written") + written(all),
    heading("Contradictions") + contradictions(all),
    heading("What is missing") + missing(all),
  ].join("\n");
}

function summary({ outputs, stage, known, escalated }: Heard): string {
  if (!outputs) return "What the crew has put out could not be read.\n";
  const { headline, memos } = outputs;
  const quote = (figure: string | null, words: (reference: string) => string): string[] =>
    figure && known.has(figure) ? [words(figureReference(figure))] : [];
  const facts = [
    ...quote(headline.growth, (figure) => `Growth over the year is ${figure}, as the reports have it.`),
    ...quote(headline.readiness, (figure) => `Exit readiness is ${figure}.`),
    ...quote(headline.equity, (figure) => `The equity is worth ${figure}.`),
    ...quote(
      headline.offer,
      (figure) => `The offer that was compared last brings the group ${figure}, weighed by its risk.`,
    ),
  ];
  const calls = escalated > 0 ? "Something cannot wait and is before the chairman. " : "Nothing has to be escalated. ";
  const asks = memos.length > 0 ? "Decisions wait in the inbox. " : "No decision waits. ";
  const where = stage?.status === "paused" ? "The stage is paused. " : "";
  return `${calls}${asks}${where}${facts.join(" ")}\n`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  pending: "waits for the chairman",
  question: "waits for an answer",
  deferred: "was put off",
  confirming: "waits for a second person",
};

function needs({ outputs }: Heard): string {
  if (!outputs) return "This could not be read.\n";
  const lines = [
    ...outputs.matters.map((matter) =>
      `${(REASONS[matter.kind]?.(matter) ?? "Something waits.").split(". ")[0]}.`.replace("..", "."),
    ),
    ...outputs.memos.map(({ subject, from, status, dueOn, irreversible }) => {
      const what = named(subject, `A memo of ${agentWords(from)}`);
      const until = dueOn ? `, until ${dayWords(dueOn)}` : "";
      return `${what} ${STATUS_WORDS[status] ?? "is open"}${until}${irreversible ? "; it cannot be undone" : ""}.`;
    }),
    ...outputs.alerts
      .filter(({ severity }) => severity === "critical")
      .map(({ label, since }) => `${named(label, "A critical alert")} stands since ${dayWords(since)}.`),
  ];
  return lines.length > 0 ? list([...new Set(lines)]) : "Nothing.\n";
}

function standing({ stage }: Heard): string {
  if (!stage) return "The stage could not be read.\n";
  const begun = stage.status === null ? "No run of the stage has been begun.\n\n" : "";
  const lines = stage.groups.map(({ label, holds, criteria }) => {
    const group = named(label, "A group of criteria");
    if (holds) {
      const passed = criteria.some(({ overridden }) => overridden);
      return `${group} holds${passed ? ", in part by the chairman’s word" : ""}.`;
    }
    const open = criteria.filter(({ met, overridden }) => !met && !overridden);
    return `${group} is open: ${open.map((one) => named(one.label, "one criterion")).join(", ")}.`;
  });
  const waiting = stage.waiting.map(({ subject, whom }) =>
    /\d/.test(whom) ? `${named(subject, "Something")} waits.` : `${named(subject, "Something")} waits for ${whom}.`,
  );
  const waits = waiting.length > 0 ? `\nWhat it waits for:\n\n${list([...new Set(waiting)])}` : "";
  return `${begun}${list(lines)}${waits}`;
}

function written({ outputs }: Heard): string {
  if (!outputs || outputs.reports.length === 0) return "The crew has written nothing yet.\n";
  return list(
    outputs.reports.map(({ agent, label, writtenOn, held, outdated }) => {
      const by = agent === "rules" ? "by rule" : `by ${agentWords(agent)}`;
      const state = outdated ? " It is outdated." : held ? " It is held back." : "";
      return `${named(label, "A report")}, ${by}, ${dayWords(writtenOn)}.${state}`;
    }),
  );
}

const SOME = 8;

function contradictions({ outputs }: Heard): string {
  if (!outputs || outputs.contradictions.length === 0) return "No report contradicts another or its own figures.\n";
  const lines = outputs.contradictions.slice(0, SOME).map(({ label, explained, reports }) => {
    const names = [...new Set(reports.map((one) => named(one.label, "a report")))];
    const what = named(label, "One figure");
    const where =
      names.length > 1
        ? `${what} has different values in ${names.join(" and ")}`
        : `${what} was corrected after ${names.join("")} was written`;
    return `${where}${explained ? "; the difference is explained" : ""}.`;
  });
  const more = outputs.contradictions.length > SOME ? "There are more of them on the pages of the reports.\n" : "";
  return `${list([...new Set(lines)])}${more}`;
}

function missing({ outputs, stage }: Heard): string {
  const wrote = new Set(outputs?.reports.map(({ agent }) => agent));
  const lines = [
    ...["growth", "exit", "value"]
      .filter((agent) => !wrote.has(agent))
      .map((agent) => `No report of ${agentWords(agent)} is stored.`),
    ...(outputs?.runs ?? [])
      .filter(({ status }) => status === "failed")
      .map(({ agent }) => `The last work of ${agentWords(agent)} failed.`),
    ...(stage ? [] : ["The stage."]),
  ];
  return lines.length > 0 ? list([...new Set(lines)]) : "Nothing that this report asks for.\n";
}

const ABOUT: readonly { words: RegExp; tool: string; say: (all: Heard) => string }[] = [
  { words: /\b(?:contradict\w*|disagree\w*|differ\w*|held|release\w*)\b/iu, tool: OUTPUTS, say: contradictions },
  { words: /\b(?:gates?|criteri\w+|substages?|stage|stands?|progress)\b/iu, tool: STAGE, say: standing },
  { words: /\b(?:reports?|wr[io]te\w*|outputs?|crew)\b/iu, tool: OUTPUTS, say: written },
  { words: /\b(?:missing|unknown|gaps?|failed)\b/iu, tool: OUTPUTS, say: missing },
  {
    words: /\b(?:needs?|waits?|waiting|decisions?|urgent|escalate\w*|chairman|alerts?|next)\b/iu,
    tool: OUTPUTS,
    say: needs,
  },
];
const I_CAN =
  "It can be asked what needs the chairman, where the stage stands, what the crew has written, and where reports disagree.";

/** A question to the Coordinator: answered from what the crew has put out, or not at all. */
export function askCoordinator({ venture, question = "" }: TaskHeader, findings: readonly Finding[]): NextMove {
  const about = ABOUT.find(({ words }) => words.test(question));
  if (!about) return { say: `${CANNOT_ANSWER} ${I_CAN}\n`, tool: null };
  if (!findings.some(({ tool }) => tool === about.tool)) return { say: "", tool: about.tool, input: { venture } };
  return { say: about.say(heard(findings)), tool: null };
}

export const coordinatorScripts: Readonly<Record<string, Script>> = { "coordinator/coordinate": coordinate };
