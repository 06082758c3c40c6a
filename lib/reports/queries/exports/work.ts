import "server-only";
import { z } from "zod";
import { listRisksIn } from "@/lib/stage/queries/risks";
import { RISK_SORTS, RISK_STATUSES } from "@/lib/stage/schema/risks";
import { day, type ExportCell, figureCells, figureColumns, moment, number } from "../../rules/export-table";
import { kindWords } from "../../schema";
import { listArtefacts } from "../artefacts";
import { listStandingAlerts } from "../news";
import { exportTable, slugSchema, ventureInSight } from "./table";

const MOST = 100_000;
const columns = (labels: string) => labels.split(",").map((label) => ({ label }));
const maybeVenture = z.object({ venture: slugSchema.optional() });

/** What stands as a risk, of one venture or of all in sight, the gravest first. */
export const alerts = exportTable({
  query: maybeVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = slug ? await ventureInSight(actor, slug) : null;
    const rows = (await listStandingAlerts(actor, MOST, venture?.id)).map((alert): ExportCell[] => [
      ...[alert.severity, alert.kind, alert.title, alert.detail, alert.venture?.name ?? null],
      ...[moment(alert.raisedAt), moment(alert.acknowledgedAt), ...figureCells(alert.figure, null)],
    ]);
    return {
      ...{ title: "Risks", subject: venture?.slug ?? "holding", ventureId: venture?.id ?? null },
      columns: [...columns("Severity,Kind,Title,Detail,Venture,Raised,Acknowledged"), ...figureColumns("Figure now")],
      rows,
    };
  },
});

const riskQuery = z.object({
  venture: z.string().max(60).default(""),
  owner: z.string().max(36).default(""),
  status: z.enum(["", "all", ...RISK_STATUSES]).default(""),
  sort: z.enum(RISK_SORTS).default("score"),
  order: z.enum(["ascending", "descending"]).default("descending"),
});

/** The risk list, as it is filtered and sorted on its screen. */
export const risks = exportTable({
  query: riskQuery,
  open: async ({ actor, now }, { order, ...view }) => {
    const venture = view.venture && view.venture !== "holding" ? await ventureInSight(actor, view.venture) : null;
    const listed = await listRisksIn(actor, { ...view, descending: order === "descending" }, now);
    const rows = listed.map((risk): ExportCell[] => [
      ...[risk.title, risk.venture?.name ?? "The holding", risk.owner?.name ?? null],
      ...[number(risk.likelihood), number(risk.impact), number(risk.score)],
      ...[risk.mitigation, day(risk.dueOn), risk.status, moment(risk.openedAt), moment(risk.closedAt), risk.detail],
    ]);
    return {
      ...{ title: "Risk list", subject: venture?.slug ?? "holding", ventureId: venture?.id ?? null },
      columns: columns("Risk,Of,Owner,Likelihood,Impact,Score,Mitigation,Due,Status,Opened,Closed,Details"),
      rows,
    };
  },
});

/** The stored reports, the newest version of each kind. */
export const reports = exportTable({
  query: maybeVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = slug ? await ventureInSight(actor, slug) : null;
    const listed = await listArtefacts(actor, venture ? { ventureId: venture.id } : {}, MOST);
    const rows = listed.map((one): ExportCell[] => [
      ...[
        one.venture.name,
        kindWords(one.kind),
        one.title,
        number(one.version),
        moment(one.createdAt),
        one.agent,
        one.id,
      ],
    ]);
    return {
      ...{ title: "Reports", subject: venture?.slug ?? "holding", ventureId: venture?.id ?? null },
      columns: columns("Venture,Kind,Title,Version,Stored,Agent,Id"),
      rows,
    };
  },
});
