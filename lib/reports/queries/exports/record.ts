import "server-only";
import { parseDate } from "@internationalized/date";
import { z } from "zod";
import { listEvents } from "@/lib/audit/queries";
import { listPeople } from "@/lib/auth/queries";
import { listAgentRecords } from "@/lib/decisions/queries/autonomy/records";
import { ANSWERS } from "@/lib/decisions/rules/autonomy/record";
import { type ExportCell, moment, money, number } from "../../rules/export-table";
import { listDecisions } from "../decisions";
import { exportTable, mapRows, paged, slugSchema, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));
const HOLDING = { subject: "holding", ventureId: null };
const nothing = z.object({});

/** Every decision taken, newest first. */
export const decisions = exportTable({
  query: nothing,
  open: async ({ actor }) => {
    const rows = paged(async (after: string | null, take) => (await listDecisions(actor, take, after)).decisions);
    const labels =
      "Decision,Memo,Title,Venture,Verdict,Taken back,Conditions,Version,At stake,Currency,By,Name,When,Proposed by,Note";
    return {
      ...{ title: "Decisions taken", ...HOLDING, columns: columns(labels) },
      rows: mapRows(rows, (row): ExportCell[] => [
        ...[
          row.id,
          row.memoId,
          row.title,
          row.venture.name,
          row.verdict,
          row.takenBack ? "yes" : "no",
          number(row.conditions),
          number(row.version),
        ],
        row.stake ? money(BigInt(row.stake.amountMinor), row.stake.currency) : null,
        ...[row.stake?.currency ?? null, row.by, row.byName, moment(row.at), row.proposedBy, row.note],
      ]),
    };
  },
});

const dayOrNothing = z.iso.date().optional();
const eventQuery = z.object({
  venture: slugSchema.optional(),
  type: z
    .string()
    .regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/)
    .optional(),
  from: dayOrNothing,
  until: dayOrNothing,
});

/** The audit log as it was written, newest first, under the filter of the screen. */
export const events = exportTable({
  query: eventQuery,
  open: async ({ actor, zone }, { venture: slug, type, from, until }) => {
    const venture = slug ? await ventureInSight(actor, slug) : null;
    const filters = {
      ...(venture ? { chain: venture.id } : {}),
      ...(type ? { type } : {}),
      ...(from ? { from: parseDate(from).toDate(zone) } : {}),
      ...(until ? { until: parseDate(until).add({ days: 1 }).toDate(zone) } : {}),
    };
    const rows = paged(async (after: string | null, take) => (await listEvents(actor, filters, after, take)).events);
    return {
      ...{ title: "Audit log", subject: venture?.slug ?? "holding", ventureId: venture?.id ?? null },
      columns: columns("Number,Chain,Venture,When,Event,By,Name,Subject,Payload,Hash"),
      rows: mapRows(rows, (event): ExportCell[] => [
        ...[
          number(event.seq),
          event.chain,
          event.venture?.name ?? null,
          moment(event.at),
          event.type,
          event.actor,
          event.actorName,
        ],
        ...[event.subject, JSON.stringify(event.payload), event.hash],
      ]),
    };
  },
});

export const agents = exportTable({
  query: nothing,
  open: async ({ actor, now }) => {
    const rows = (await listAgentRecords(actor, now)).map((one): ExportCell[] => [
      ...[one.agent, one.actionClass],
      ...[one.proposals, ...ANSWERS.map((answer) => one.answers[answer]), one.reversed].map((count) => number(count)),
      ...[one.shadow.wouldExecute, one.shadow.agreed, one.settled, one.right].map((count) => number(count)),
      ...[one.brier === null ? null : number(one.brier), one.demoted ? "yes" : "no"],
    ]);
    const labels =
      "Agent,Proposed to,Proposals,As proposed,Amended,Refused,Automatic,Open,Nobody answered,Reversed,Auto would have,Same done,Settled,Right,Brier score,Right taken away";
    return { title: "Agents", ...HOLDING, columns: columns(labels), rows };
  },
});

/** Who has an account; for those who manage people and nobody else. */
export const people = exportTable({
  query: nothing,
  open: async ({ actor, now }) => {
    const rows = (await listPeople(actor, now)).map((one): ExportCell[] => [
      ...[one.name, one.email, one.role, one.state, one.secondFactor ? "enrolled" : "none", number(one.sessions)],
      moment(one.lastSeenAt),
    ]);
    return {
      ...{ title: "People", ...HOLDING },
      columns: columns("Name,E-mail,Role,State,Second factor,Sessions,Last seen"),
      rows,
    };
  },
});
