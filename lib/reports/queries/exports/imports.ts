import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { SHARED_DATA } from "@/lib/figures/schema";
import { getImport, listImports, listRejects, listSources } from "@/lib/imports/queries";
import { listRates } from "@/lib/metrics/queries/rates";
import { type ExportCell, moment, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const MOST = 100_000;
const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** Whose imports: a venture's, or the holding's, which are exchange rates. */
async function ownerOf(actor: Actor, venture: string) {
  if (venture === SHARED_DATA) return { id: SHARED_DATA, subject: "exchange-rates", ventureId: null };
  const { id, slug } = await ventureInSight(actor, venture);
  return { id, subject: slug, ventureId: id };
}

export const imports = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture }) => {
    const { id, subject, ventureId } = await ownerOf(actor, venture);
    const listed = await listImports(actor, id, MOST);
    const labels =
      "Import,File,Holds,Source,State,Rows,New,Changed,Same,Rejected,By,Received,Applied,Undone,Why undone,As of";
    const rows = listed.map((one): ExportCell[] => {
      const { total, inserted, changed, same, rejected } = one.counts;
      return [
        ...[one.id, one.fileName, one.kind, one.source, one.status],
        ...[total, inserted, changed, same, rejected].map((count) => number(count)),
        ...[one.createdBy, moment(one.createdAt), moment(one.appliedAt), moment(one.undoneAt), one.undoReason],
        moment(one.asOf),
      ];
    });
    return { title: "Imports", subject, ventureId, columns: columns(labels), rows };
  },
});

export const sources = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const rows = (await listSources(actor, venture.id)).map((one): ExportCell[] => [
      ...[one.name, one.kind, one.holds.join(", "), moment(one.asOf), moment(one.lastAppliedAt), number(one.imports)],
    ]);
    const labels = "Source,Kind,Holds,As of,Last applied,Applied imports";
    return { title: "Sources", subject: venture.slug, ventureId: venture.id, columns: columns(labels), rows };
  },
});

/** Every row of a file that was not taken, and why. */
export const rejects = exportTable({
  query: z.object({ import: z.uuid() }),
  open: async ({ actor }, { import: importId }) => {
    const { ventureId: of, fileName } = await getImport(actor, importId);
    const { subject: owner, ventureId } = await ownerOf(actor, of);
    const rows = (await listRejects(actor, importId, "all")).map((reject): ExportCell[] => [
      ...[number(reject.rowNumber), reject.column, reject.message, reject.raw, reject.code],
    ]);
    const subject = `${owner}-${fileName.replace(/\.[^.]*$/, "")}`;
    return { title: "Rejected rows", subject, ventureId, columns: columns("Row,Column,Reason,Value,Code"), rows };
  },
});

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .optional();

/** Exchange rates, those that were replaced among them when they are asked for. */
export const rates = exportTable({
  query: z.object({ base: currency, quote: currency, history: z.literal("1").optional() }),
  open: async ({ actor }, { base, quote, history }) => {
    const filter = { base: base ?? null, quote: quote ?? null, history: history === "1" };
    const listed = await listRates(actor, filter, { skip: 0, take: MOST });
    const rows = listed.rows.map((row): ExportCell[] => [
      ...[row.day, row.base, row.quote, number(row.rate), row.source, row.fileName, number(row.rowNumber)],
      ...[row.recordedBy, moment(new Date(row.recordedAt)), row.reason],
      row.supersededAt ? moment(new Date(row.supersededAt)) : null,
    ]);
    const labels = "Date,Base,Quote,Rate,Source,File,Row,By,Recorded,Reason,Replaced";
    return { title: "Exchange rates", subject: "holding", ventureId: null, columns: columns(labels), rows };
  },
});
