import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getImport, listImports, listRejects, listSources } from "@/lib/imports/queries";
import { type ExportCell, moment, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const MOST = 100_000;
const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

export const imports = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const listed = await listImports(actor, venture.id, MOST);
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
    return { title: "Imports", subject: venture.slug, ventureId: venture.id, columns: columns(labels), rows };
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
    const { ventureId, fileName } = await getImport(actor, importId);
    const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { slug: true } });
    if (!venture) throw new AppError("NOT_FOUND");
    const rows = (await listRejects(actor, importId, "all")).map((reject): ExportCell[] => [
      ...[number(reject.rowNumber), reject.column, reject.message, reject.raw, reject.code],
    ]);
    const subject = `${venture.slug}-${fileName.replace(/\.[^.]*$/, "")}`;
    return { title: "Rejected rows", subject, ventureId, columns: columns("Row,Column,Reason,Value,Code"), rows };
  },
});
