import { z } from "zod";
import { ok, refuse } from "@/lib/errors";
import { defineTool, invalid, type Tool } from "./define-tool";
import type { CrewOutputs } from "./queries/outputs";

/** What the Active Venture Coordinator works with: the crew's outputs, the stage, and a word to the chairman. */

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
});
const CALLER = [{ path: "venture", expected: "a venture that the caller may see" }];
const figure = z.string().nullable().describe("The id of a figure; null where no report quotes one that holds");
const day = z.string();

export const matterSchema = z.object({
  id: z.string(),
  kind: z.enum(["contradiction", "decision", "failed-run", "refusal", "unheeded"]),
  severity: z.enum(["critical", "warning"]),
  title: z.string(),
  subjects: z.array(z.object({ label: z.string() })),
});

const outputsSchema = z.object({
  ...{ venture: z.string(), asOf: day },
  reports: z.array(
    z.object({
      ...{ agent: z.string(), label: z.string(), version: z.int(), writtenOn: day },
      held: z.boolean().describe("It is not released: it contradicts another report or its own figures"),
      outdated: z.boolean(),
    }),
  ),
  runs: z.array(z.object({ agent: z.string(), task: z.string(), status: z.string(), model: z.string(), on: day })),
  memos: z.array(
    z.object({
      // What others called it: material, like every subject.
      ...{ subject: z.string(), from: z.string(), status: z.string(), dueOn: day.nullable() },
      irreversible: z.boolean(),
    }),
  ),
  alerts: z.array(
    z.object({
      ...{ label: z.string(), kind: z.string(), severity: z.string(), since: day },
      noted: z.boolean(),
    }),
  ),
  contradictions: z.array(
    z.object({
      ...{ label: z.string(), explained: z.boolean() },
      reports: z.array(z.object({ label: z.string(), outdated: z.boolean() })),
    }),
  ),
  matters: z
    .array(
      matterSchema
        .omit({ title: true, subjects: true })
        .extend({ subjects: z.array(z.object({ subject: z.string() })) }),
    )
    .describe("What may be escalated, the most severe first"),
  headline: z.object({ growth: figure, readiness: figure, equity: figure, offer: figure }),
});

/** Titles that somebody else gave are told as subjects, which nobody may repeat but as a name. */
const asMaterial = ({ reports, memos, alerts, matters, ...rest }: Omit<CrewOutputs, "figures">) => ({
  ...rest,
  reports: reports.map(({ title: _, ...report }) => report),
  memos: memos.map(({ title, ...memo }) => ({ subject: title, ...memo })),
  alerts: alerts.map(({ title: _, ...alert }) => alert),
  matters: matters.map(({ title: _, subjects, ...matter }) => ({
    ...matter,
    subjects: subjects.map(({ label }) => ({ subject: label })),
  })),
});

export const crewOutputs = defineTool({
  name: "crew.outputs",
  description:
    "Everything the crew has put out about a venture: the newest version of each report with who wrote it and whether it may go out, the last run of each task, open memos, standing alerts, contradictions between reports, and the matters that may be escalated to the chairman.",
  input: inputSchema,
  output: outputsSchema,
  effect: "read",
  pure: false,
  reads: ["agent-outputs"],
  writes: [],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { readOutputs } = await import("./queries/outputs");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", CALLER);
    const { figures, ...outputs } = await readOutputs(actor, seen.id, now);
    return ok({ result: { venture: seen.name, ...asMaterial(outputs) }, figures });
  },
});

const standingSchema = z.object({
  ...{ venture: z.string(), asOf: day },
  status: z.string().nullable().describe("running, paused, ended …; null where no run of the stage was begun"),
  open: z.array(z.string()).describe("The substages under way"),
  groups: z.array(
    z.object({
      ...{ label: z.string(), holds: z.boolean() },
      criteria: z.array(z.object({ label: z.string(), met: z.boolean(), overridden: z.boolean() })),
    }),
  ),
  waiting: z.array(z.object({ subject: z.string(), whom: z.string(), since: day.nullable() })),
});

export const stageStanding = defineTool({
  name: "stage.standing",
  description:
    "Where the stage of a venture stands by stored facts: its run, the substages under way, both gates and every criterion with what holds and what the chairman let pass, and what waits on whom.",
  input: inputSchema,
  output: standingSchema,
  effect: "read",
  pure: false,
  reads: ["agent-outputs"],
  writes: ["stage-status"],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { getCriteria } = await import("@/lib/stage/queries/criteria");
    const { findStageRun } = await import("@/lib/stage/queries/timeline");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", CALLER);
    const [criteria, run] = await Promise.all([getCriteria(actor, seen.id, now), findStageRun(actor, seen.id)]);
    const result = {
      ...{ venture: seen.name, asOf: criteria.today, status: run?.status ?? null, open: run?.record?.open ?? [] },
      groups: criteria.groups.map(({ label, holds, lines }) => ({
        ...{ label, holds },
        criteria: lines.map((line) => ({ label: line.label, met: line.met, overridden: line.override !== null })),
      })),
      waiting: (run?.waiting ?? []).map(({ what, whom, since }) => ({
        ...{ subject: what, whom, since: since?.slice(0, 10) ?? null },
      })),
    };
    return ok({ result });
  },
});

export const escalatedSchema = z.object({ matter: matterSchema, reason: z.string(), to: z.literal("chairman") });
export type Escalated = z.infer<typeof escalatedSchema>;

/** A name as the chairman reads it; figures stay in the report, because an alert shows words only. */
const plainWords = (text: string): string => text.replace(/\[\[name:([^[\]\n]*)\]\]/g, "“$1”");

export const stageEscalate = defineTool({
  name: "stage.escalate",
  description:
    "Brings one matter of crew.outputs before the chairman, with a reason in one or two sentences of words, without figures. It becomes an alert to the chairman when the run ends with its report; nothing else happens. A matter that is not escalated again by the next such run is over.",
  input: inputSchema.extend({
    matter: z.string().min(1).describe("The id of a matter, as crew.outputs returned it"),
    reason: z.string().trim().min(10, "one or two sentences").max(500, "at most 500 characters"),
  }),
  output: escalatedSchema,
  effect: "propose",
  pure: false,
  reads: ["agent-outputs"],
  writes: ["chairman-reports"],
  run: async ({ venture: given, matter: id, reason }, { actor, agent, runId, now }) => {
    // To escalate is what the Coordinator's own run does; for anybody else it would promise an alert that never comes.
    if (!actor || agent !== "coordinator" || runId === null) return refuse("FORBIDDEN");
    if (reason.includes("[[fig:")) return invalid("reason", "words without figures; the report holds the figures");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { readOutputs } = await import("./queries/outputs");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", CALLER);
    const matter = (await readOutputs(actor, seen.id, now)).matters.find((one) => one.id === id);
    if (!matter) return invalid("matter", "the id of a matter that crew.outputs returns now");
    return ok({ result: { matter, reason: plainWords(reason), to: "chairman" as const } });
  },
});

export const coordinatorTools: readonly Tool[] = [crewOutputs, stageStanding, stageEscalate];
