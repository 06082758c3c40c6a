import "server-only";
import { findCapTableView } from "@/lib/cap-table/queries";
import type { ColumnView } from "@/lib/cap-table/rules/view";
import { type ExportCell, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

/** The classes in the order in which they are paid. */
export const classes = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const view = await findCapTableView(actor, venture.id);
    const sorted = [...(view?.classes ?? [])].sort((a, b) => (a.rank ?? 1_000) - (b.rank ?? 1_000));
    const labels =
      "Class,Preferred,Paid,Outstanding,Participation,Cap (multiple),Liquidation (multiple),Conversion,Dividends,Dividend rate,Open questions,Read in";
    const rows = sorted.map(({ name, preferred, rank, outstanding, terms, dividends, questions }): ExportCell[] => [
      ...[name, preferred ? "yes" : "no", rank === null ? "last" : number(rank), number(outstanding, "shares")],
      ...[terms?.participation ?? null, number(terms?.capMultiple ?? null), number(terms?.liquidationMultiple ?? null)],
      ...[number(terms?.conversionRatio ?? null), dividends?.kind ?? null, number(dividends?.ratio ?? null, "ratio")],
      ...[number(questions.length), terms?.evidence ?? null],
    ]);
    const columns = labels.split(",").map((label) => ({ label }));
    return { title: "Classes", subject: venture.slug, ventureId: venture.id, columns, rows };
  },
});

const held = (value: string | undefined, { kind }: ColumnView): ExportCell =>
  number(value ?? null, kind === "convertible" ? undefined : "shares");

/** Holders down, classes across, with the totals last. */
export const holders = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const view = await findCapTableView(actor, venture.id);
    const columns = view?.columns ?? [];
    const rows = (view?.holders ?? []).map(({ holderId, name, cells }): ExportCell[] => [
      ...[name, holderId, ...columns.map((column) => held(cells[column.id], column))],
    ]);
    const totals: ExportCell[] = ["All", null, ...columns.map((column) => held(column.total, column))];
    return {
      ...{ title: "Holders", subject: venture.slug, ventureId: venture.id },
      columns: ["Holder", "Holder id", ...columns.map(({ label }) => label)].map((label) => ({ label })),
      rows: view ? [...rows, totals] : rows,
    };
  },
});
