import type { Tool } from "./define-tool";
import type { AgentName, Resource } from "./schema";

type Row = { reads: readonly Resource[]; writes: readonly Resource[]; escalatesTo: AgentName | "chairman" };

/** The interaction matrix of spec/stage-40, section 3. Arithmetic over given numbers ("pure") is open to all. */
export const MATRIX: Readonly<Record<AgentName, Row>> = {
  growth: {
    reads: ["venture-performance", "market-data"],
    writes: ["growth-strategies", "performance-reports"],
    escalatesTo: "coordinator",
  },
  exit: {
    reads: ["market-conditions", "buyer-intelligence", "venture-performance"],
    writes: ["due-diligence-package", "valuation"],
    escalatesTo: "coordinator",
  },
  value: {
    reads: ["deal-terms", "transaction-status", "cap-table"],
    writes: ["closing-documents", "distribution-records"],
    escalatesTo: "coordinator",
  },
  coordinator: { reads: ["agent-outputs"], writes: ["chairman-reports", "stage-status"], escalatesTo: "chairman" },
};

/** The resources that the tool touches and the agent's row does not hold; empty means that it may call it. */
export function outsideRow(agent: AgentName, tool: Pick<Tool, "reads" | "writes">): Resource[] {
  const row = MATRIX[agent];
  const reads = tool.reads.filter((resource) => resource !== "pure" && !row.reads.includes(resource));
  const writes = tool.writes.filter((resource) => resource !== "pure" && !row.writes.includes(resource));
  return [...reads, ...writes];
}

export const mayCall = (agent: AgentName, tool: Pick<Tool, "reads" | "writes">): boolean =>
  outsideRow(agent, tool).length === 0;

/** Model providers allow no dot in a function's name. */
export const modelToolName = (name: string): string => name.replaceAll(".", "__");
export const registryToolName = (name: string): string => name.replaceAll("__", ".");
