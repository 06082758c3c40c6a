import "server-only";
import type { ExportName } from "../schema";
import { classes, holders } from "./exports/cap-table";
import { closing } from "./exports/closing";
import { deals, offers } from "./exports/deals";
import { payoffCurve, waterfall } from "./exports/distribution";
import { cashFlows, distributionData, holderStanding, register, taxLots } from "./exports/distribution-records";
import { buyers, plan, readiness } from "./exports/exit";
import { experiments, results } from "./exports/experiments";
import { customers, invoices, subscriptions } from "./exports/facts";
import { forecast, forecastAccuracy } from "./exports/forecast";
import {
  benchmarks,
  drivers,
  forecastParts,
  initiativeSpend,
  initiatives,
  keptForecasts,
  levers,
} from "./exports/growth";
import { imports, rates, rejects, sources } from "./exports/imports";
import { accountStatement, distributions, ledger, payments } from "./exports/ledger";
import { comparables, marketSeries, timing } from "./exports/market";
import { points, series } from "./exports/metrics";
import { bridge, cohorts, largest, movements, performance, trend } from "./exports/performance";
import { agents, decisions, events, people } from "./exports/record";
import type { ExportTable } from "./exports/table";
import { alerts, reports, risks } from "./exports/work";

export { type ExportContext, type ExportTable, exportTable, type OpenedTable } from "./exports/table";

/** All but the portfolio, whose rows are made by its screen. */
export const STORED_TABLES: Readonly<Record<Exclude<ExportName, "portfolio">, ExportTable>> = {
  "account-statement": accountStatement,
  agents,
  alerts,
  benchmarks,
  bridge,
  buyers,
  classes,
  closing,
  cohorts,
  comparables,
  customers,
  deals,
  decisions,
  "distribution-data": distributionData,
  "distribution-register": register,
  distributions,
  events,
  "experiment-results": results,
  experiments,
  drivers,
  forecast,
  "forecast-accuracy": forecastAccuracy,
  "forecast-parts": forecastParts,
  "group-cash-flows": cashFlows,
  "holder-standing": holderStanding,
  holders,
  imports,
  "initiative-spend": initiativeSpend,
  initiatives,
  invoices,
  "kept-forecasts": keptForecasts,
  "largest-customers": largest,
  ledger,
  levers,
  "market-series": marketSeries,
  movements,
  offers,
  payments,
  "payoff-curve": payoffCurve,
  people,
  performance,
  plan,
  points,
  rates,
  readiness,
  rejects,
  reports,
  risks,
  series,
  sources,
  subscriptions,
  "tax-lots": taxLots,
  timing,
  trend,
  waterfall,
};
