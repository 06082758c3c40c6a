import type { Tool } from "./define-tool";

type Load = () => Promise<readonly Tool[]>;

/** Arithmetic over what the caller gives: no database, no network, no build. */
const computing: readonly Load[] = [
  async () => (await import("@/lib/metrics/tools")).metricsTools,
  async () => (await import("@/lib/distribution/tools")).distributionTools,
  async () => (await import("@/lib/growth/tools")).growthTools,
  async () => (await import("@/lib/growth/tools/forecast")).forecastTools,
  async () => (await import("@/lib/cap-table/tools")).capTableComputingTools,
  async () => (await import("@/lib/experiments/tools")).experimentTools,
  async () => (await import("@/lib/valuation/tools")).valuationTools,
  async () => (await import("@/lib/valuation/tools/simulation")).simulationTools,
  async () => (await import("@/lib/readiness/tools")).readinessTools,
];

/** Over stored data, scoped by the caller's actor. */
const stored: readonly Load[] = [
  async () => (await import("@/lib/metrics/tools")).ventureMetricsTools,
  async () => (await import("@/lib/growth/tools")).ventureGrowthTools,
  async () => (await import("@/lib/growth/tools/venture-forecast")).ventureForecastTools,
  async () => (await import("@/lib/cap-table/tools")).capTableStoredTools,
  async () => (await import("@/lib/experiments/tools")).ventureExperimentTools,
  async () => (await import("@/lib/valuation/tools/venture")).ventureValuationTools,
  async () => (await import("@/lib/market/tools")).marketTools,
  async () => (await import("@/lib/readiness/tools/venture-readiness")).ventureReadinessTools,
  async () => (await import("@/lib/buyers/tools")).ventureBuyersTools,
  async () => (await import("@/lib/valuation/tools/plan")).venturePlanTools,
  async () => (await import("@/lib/deals/tools")).dealTools,
  async () => (await import("@/lib/deals/tools/prefer")).preferTools,
  async () => (await import("@/lib/deals/tools/negotiation")).negotiationTools,
  async () => (await import("@/lib/distribution/tools/goal-seek")).goalSeekTools,
  async () => (await import("@/lib/distribution/tools/records")).recordTools,
  async () => (await import("@/lib/documents/tools")).documentTools,
  async () => (await import("@/lib/closing/tools")).closingTools,
  async () => (await import("@/lib/stage/tools")).stageTools,
  async () => (await import("@/lib/decisions/tools")).decisionTools,
  async () => (await import("@/lib/decisions/tools/exit-approval")).exitDecisionTools,
  async () => (await import("@/lib/decisions/tools/readiness-score")).readinessDecisionTools,
  async () => (await import("./coordinator-tools")).coordinatorTools,
  async () => (await import("@/lib/audit/tools")).auditTools,
  async () => (await import("@/lib/governance/tools")).governanceTools,
];

const loadAll = async (loads: readonly Load[]): Promise<readonly Tool[]> =>
  (await Promise.all(loads.map((load) => load()))).flat();

/** Every tool there is; the faces (agents, command line, MCP, panels) read these lists and no others. */
export const computingTools = (): Promise<readonly Tool[]> => loadAll(computing);
export const allTools = (): Promise<readonly Tool[]> => loadAll([...computing, ...stored]);

/** Looks among the computing tools first, so that arithmetic never loads a database driver. */
export async function findTool(name: string): Promise<Tool | null> {
  const byName = (tool: Tool) => tool.name === name;
  return (await computingTools()).find(byName) ?? (await loadAll(stored)).find(byName) ?? null;
}
