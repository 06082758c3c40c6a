import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { EXIT_BRANCHES } from "./schema/exit";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
});
const figure = z.string().nullable().describe("The id of a figure; null where nothing is stored");

const preparationSchema = z.object({
  venture: z.string(),
  asOf: z.string(),
  /** 40.2 is open. */
  open: z.boolean(),
  startedOn: z.string().nullable(),
  ready: z.boolean().nullable().describe("Readiness has reached the profile's target; null is unknown"),
  criteria: z.array(
    z.object({ id: z.enum(EXIT_BRANCHES), criterion: z.string(), met: z.boolean(), missing: z.array(z.string()) }),
  ),
  rollbacks: z.array(z.object({ kind: z.string(), state: z.string(), on: z.string().nullable(), rule: z.string() })),
  valuedOn: z.string().nullable(),
  figures: z.object({ buyers: figure, equity: figure, equityLow: figure, equityHigh: figure, group: figure }),
});

const CALLER = [{ path: "venture", expected: "a venture that the caller may see" }];

export const venturePreparation = defineTool({
  name: "venture.exit-preparation",
  description:
    "Where exit preparation (40.2) of a venture stands by stored facts: its three criteria with what is missing, the rollback rules with how near they are, qualified buyers, and the value range of the newest kept valuation with the group's proceeds.",
  input: inputSchema,
  output: preparationSchema,
  effect: "read",
  pure: false,
  reads: ["venture-performance", "buyer-intelligence", "market-conditions"],
  writes: [],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { getExitCase } = await import("./queries/exit-case");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", CALLER);
    const found = await getExitCase(actor, seen.id, now);
    const { buyers, equity, equityLow, equityHigh, group } = found.figures;
    return ok({
      result: {
        ...{ venture: found.venture.name, asOf: found.today, open: found.open, startedOn: found.startedOn },
        ...{ ready: found.ready, valuedOn: found.valuedOn },
        criteria: found.criteria.map(({ id, label, met, missing }) => ({ id, criterion: label, met, missing })),
        rollbacks: found.rollbacks.map(({ kind, state, on, sentence }) => ({ kind, state, on, rule: sentence })),
        figures: {
          ...{ buyers: buyers?.id ?? null, equity: equity?.id ?? null, group: group?.id ?? null },
          ...{ equityLow: equityLow?.id ?? null, equityHigh: equityHigh?.id ?? null },
        },
      },
      figures: found.told,
    });
  },
});

const section = z.object({ title: z.string() }).nullable();
const waitingSchema = z.object({
  figures: z.object({ requests: figure, overdue: figure, findings: figure, expired: figure, expiring: figure }),
  requests: z
    .array(z.object({ text: z.string(), dueOn: z.string().nullable() }))
    .describe("Open requests, the first due first"),
  findings: z
    .array(z.object({ title: z.string(), severity: z.string(), section }))
    .describe("Open findings, the worst first"),
  documents: z
    .array(z.object({ title: z.string(), expiresOn: z.string(), section }))
    .describe("Documents that have expired or will soon, the first first"),
});

export const ventureDataRoom = defineTool({
  name: "venture.data-room",
  description:
    "The due diligence package of a venture: completeness of the data room as a whole and by section, required items that are not filed, open requests and those overdue, open findings with their effect on price, and documents that have expired or will soon.",
  input: inputSchema,
  output: z.object({
    venture: z.string(),
    asOf: z.string(),
    room: z.boolean(),
    status: z.string().nullable(),
    completeness: figure,
    priceEffect: figure,
    seriousFindings: z.boolean(),
    sections: z.array(z.object({ title: z.string(), figure, missing: z.array(z.object({ title: z.string() })) })),
    waiting: waitingSchema.nullable(),
  }),
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: ["due-diligence-package"],
  run: async ({ venture: given }, { actor, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const { findVentureFor } = await import("@/lib/ventures/queries");
    const { getPackage } = await import("./queries/exit-case");
    const seen = await findVentureFor(actor, given);
    if (!seen) return refuse("NOT_FOUND", CALLER);
    const { told, ...result } = await getPackage(actor, seen.id, now);
    return ok({ result, figures: told });
  },
});

export const stageTools: readonly Tool[] = [venturePreparation, ventureDataRoom];
