import "server-only";
import { z } from "zod";
import { getClosingPage } from "@/lib/closing/queries/closing";
import { BENEFIT_LABELS, GROUP_LABELS, ITEM_LABELS, PARTY_LABELS } from "@/lib/closing/rules/checklist";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** The checklist of one closing, with what each item waits for and what it rests on. */
export const closing = exportTable({
  query: z.strictObject({ venture: z.string(), deal: z.uuid().optional() }),
  open: async ({ actor, now }, { venture: slug, deal }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getClosingPage(actor, venture.id, deal ?? null, now);
    const items = page.closing?.items ?? [];
    const titles = new Map(items.map(({ id, task }) => [id, task.title]));
    const documents = new Map(page.documents.map(({ id, title }) => [id, title]));
    const rows = items.map((item): ExportCell[] => [
      ...[number(item.ordinal), GROUP_LABELS[item.task.group], item.task.title, PARTY_LABELS[item.task.party]],
      ...[item.task.person || null, day(item.task.dueOn), item.task.days === null ? null : number(item.task.days)],
      ...[item.after.map((id) => titles.get(id) ?? "").join("; "), ITEM_LABELS[item.state]],
      ...[item.task.condition ? BENEFIT_LABELS[item.task.condition] : null, item.critical ? "critical" : null],
      ...[item.overdue ? "overdue" : null, ...figureCells(item.slack, null)],
      item.waivers
        .map(({ side, on, reason }) => `${side === "ours" ? "We" : "The buyer"}, ${on}: ${reason}`)
        .join("; "),
      ...[
        item.evidence?.documentId ? (documents.get(item.evidence.documentId) ?? "a document that was removed") : null,
      ],
      ...[item.evidence?.note ?? null, day(item.evidence?.on ?? null)],
    ]);
    return {
      ...{ title: "Closing checklist", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("No.,Group,Item,Party,Person,Due,Days,After,State,Condition,Path,Late"),
        ...figureColumns("Slack"),
        ...columns("Waived,Document,Note,Evidence of"),
      ],
    };
  },
});
