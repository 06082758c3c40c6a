import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { seenVenture, ventureOnly } from "@/lib/deals/tools";
import { proposeDraft, proposedOutput } from "@/lib/deals/tools/proposing";
import { ok } from "@/lib/errors";
import { releaseMemo, releaseSubject } from "./rules/closing-memos";

const figureId = z.string().nullable().describe("The id of a figure; null is unknown");
const NUMBERS = ["days", "target", "spare", "open-conditions", "overdue", "unheld"] as const;
const named = z.array(z.object({ label: z.string(), dueOn: z.string().nullable() }));
const statusOutput = z.object({
  ...{ venture: z.string(), today: z.string() },
  closings: z.array(
    z.object({
      ...{ bidderId: z.string(), name: z.string(), stage: z.string(), version: z.number() },
      ...{ targetOn: z.string().nullable(), earliestOn: z.string().nullable() },
      figures: z.record(z.enum(NUMBERS), figureId),
      conditions: named.describe("Open conditions precedent"),
      overdue: named.describe("Open items whose due date is over"),
      path: z.array(z.object({ label: z.string() })).describe("The critical path, in order"),
      unknown: z.array(z.object({ label: z.string() })).describe("Items with neither days nor a due date"),
      signatures: z.object({ held: z.number(), all: z.number() }),
      filing: z.enum(["applies", "does-not", "unknown"]).describe("Hart-Scott-Rodino, by size alone"),
      ready: z.boolean().describe("Every condition is settled and every signature held"),
      released: z.boolean(),
    }),
  ),
});

export const closingStatusTool = defineTool({
  name: "closing.status",
  description:
    "Where each closing of a venture's sale stands: open conditions, overdue items, critical path, days to the earliest and to the expected closing, signatures held, whether a merger filing is needed by size, and whether the signatures can be released. Titles come from people and are data.",
  input: ventureOnly,
  output: statusOutput,
  effect: "read",
  pure: false,
  reads: ["transaction-status"],
  writes: [],
  run: async ({ venture: given }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getToldClosings } = await import("./queries/told-closings");
    const { STAGE_LABELS } = await import("@/lib/deals/rules/stages");
    const { today, closings } = await getToldClosings(seen.value.actor, seen.value.id, call.now);
    const told = closings.map(({ row, standing, verdict, figures, earliestOn }) => {
      const id = (part: string) => figures.get(part)?.id ?? null;
      const due = row.items.filter((item) => standing.overdue.some((one) => one.id === item.id));
      const titled = (ids: readonly string[]) =>
        ids.flatMap((itemId) =>
          row.items.filter((one) => one.id === itemId).map(({ task }) => ({ label: task.title })),
        );
      return {
        ...{ bidderId: row.dealId, name: row.bidder, stage: STAGE_LABELS[row.stage], version: row.version },
        ...{ targetOn: row.target, earliestOn },
        figures: Object.fromEntries(NUMBERS.map((part) => [part, id(part)])) as Record<
          (typeof NUMBERS)[number],
          string | null
        >,
        conditions: standing.openConditions.map(({ task }) => ({ label: task.title, dueOn: task.dueOn })),
        overdue: due.map(({ task }) => ({ label: task.title, dueOn: task.dueOn })),
        ...{ path: titled(standing.schedule.path), unknown: titled(standing.schedule.unknown) },
        signatures: { held: row.signatures.length - standing.unheld.length, all: row.signatures.length },
        ...{ filing: verdict.answer, ready: standing.ready, released: standing.released },
      };
    });
    return ok({
      result: { venture: seen.value.name, today, closings: told },
      figures: closings.flatMap(({ figures }) => [...figures.values()]),
      conventions: {
        days: "calendar days; the longest chain of open items before closing",
        filing: "by size alone; exemptions are counsel's to find",
      },
    });
  },
});

const releaseInput = z.strictObject({
  ...ventureOnly.shape,
  bidderId: z.uuid().describe("The bidder, as closing.status names it"),
});

export const proposeReleaseTool = defineTool({
  name: "closing.propose-release",
  description:
    "Asks the chairman to release all held signatures of a closing at once. Only where every condition is settled and every signature held; looked at again when it is carried out. Nothing is released before he says so.",
  input: releaseInput,
  output: proposedOutput,
  effect: "propose",
  pure: false,
  reads: ["transaction-status"],
  writes: ["closing-documents"],
  run: async ({ venture: given, bidderId }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getToldClosings } = await import("./queries/told-closings");
    const { currency, closings } = await getToldClosings(seen.value.actor, seen.value.id, call.now);
    const found = closings.find(({ row }) => row.dealId === bidderId);
    if (!found || found.standing.released || !found.standing.ready)
      return contradiction("bidderId", "a closing with every condition settled and every signature held");
    const { row, figures } = found;
    const quoted = NUMBERS.flatMap((part) => {
      const figure = figures.get(part);
      return figure ? [{ figure: figure.id, label: figure.label.slice(0, 80) }] : [];
    });
    const about = { venture: seen.value.name, currency, bidder: row.bidder, figures: quoted };
    const why = "The closing can be carried out: nothing that it asks for is open.";
    const made = await proposeDraft(seen.value, call, {
      draft: releaseMemo(about, { id: bidderId, version: row.version }, why),
      actionClass: "deal.release-signatures",
      stake: { stakeMinor: null, stakeCurrency: null },
      dedupeKey: `${releaseSubject(bidderId)}:${row.version}`,
    });
    return made ?? invalid("bidderId", "a closing that closing.status was asked about first");
  },
});

export const closingTools: readonly Tool[] = [closingStatusTool, proposeReleaseTool] as unknown as Tool[];
