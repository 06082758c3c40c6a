import "server-only";
import type { ExportName } from "../schema";
import { classes, holders } from "./exports/cap-table";
import { experiments, results } from "./exports/experiments";
import { customers, invoices, subscriptions } from "./exports/facts";
import { forecast } from "./exports/forecast";
import { imports, rates, rejects, sources } from "./exports/imports";
import { points, series } from "./exports/metrics";
import { bridge, cohorts, largest, movements, performance, trend } from "./exports/performance";
import { agents, decisions, events, people } from "./exports/record";
import type { ExportTable } from "./exports/table";
import { alerts, initiatives, reports } from "./exports/work";

export { type ExportContext, type ExportTable, exportTable, type OpenedTable } from "./exports/table";

/** All but the portfolio, whose rows are made by its screen. */
export const STORED_TABLES: Readonly<Record<Exclude<ExportName, "portfolio">, ExportTable>> = {
  agents,
  alerts,
  bridge,
  classes,
  cohorts,
  customers,
  decisions,
  events,
  "experiment-results": results,
  experiments,
  forecast,
  holders,
  imports,
  initiatives,
  invoices,
  "largest-customers": largest,
  movements,
  people,
  performance,
  points,
  rates,
  rejects,
  reports,
  series,
  sources,
  subscriptions,
  trend,
};
